using Npgsql;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>The state of a connection's transaction.</summary>
internal static class PostgresTransaction
{
    /// <summary>Whether the connection is open and the server would execute another statement in its transaction.</summary>
    public static bool IsUsable(NpgsqlConnection connection) =>
        connection.FullState == System.Data.ConnectionState.Open && !HasFailed(connection);

    private static bool HasFailed(NpgsqlConnection connection)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT";
            command.ExecuteNonQuery();
            return false;
        }
        catch (NpgsqlException)
        {
            return true;
        }
    }
}
