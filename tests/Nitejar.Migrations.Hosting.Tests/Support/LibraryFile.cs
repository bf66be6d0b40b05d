using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Hosting.Tests.Support;

/// <summary>The database of the library, in the working directory.</summary>
internal static class LibraryFile
{
    public const string Name = "library.db";

    public static void RequireSuccess(Outcome outcome) =>
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());

    public static SqliteConnection Open(string file = Name)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    public static void Execute(string sql, string file = Name)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
