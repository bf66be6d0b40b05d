using System.Data.Common;

namespace Nitejar.Migrations.Tests.Chains.Places;

/// <summary>Short ways to ask a database, whatever its kind.</summary>
internal static class DbConnections
{
    /// <summary>A command with this SQL.</summary>
    public static DbCommand Command(this DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    /// <summary>The first column of a query, as texts.</summary>
    public static IReadOnlyList<string> Column(this DbConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add($"{reader.GetValue(0)}");
        }

        return values;
    }
}
