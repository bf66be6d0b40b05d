using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Sqlite.Schema;

namespace Nitejar.Migrations.Sqlite.Running;

/// <summary>What SQLite's words say of a statement that failed; for most of it there is no code.</summary>
internal static class SqliteFailedStatement
{
    private static readonly string[] CollisionWords =
    [
        "already exists",
        "there is already",
        "duplicate column name",
    ];

    /// <summary>Whether it makes an object or a column that exists.</summary>
    public static bool MakesWhatIsThere(StatementException failure) =>
        Array.Exists(
            CollisionWords,
            words => failure.Message.Contains(words, StringComparison.Ordinal)
        );

    /// <summary>Whether something that it names does not exist.</summary>
    public static bool MissesObject(StatementException failure) =>
        failure.Message.StartsWith("no such ", StringComparison.Ordinal);

    /// <summary>Whether what it makes is there.</summary>
    public static bool IsThere(SqliteConnection connection, StatementException failure) =>
        failure.Effects is [var made, ..]
        && (
            made.Column is null
                ? connection.Any(
                    "SELECT 1 FROM sqlite_master WHERE name = $name COLLATE NOCASE",
                    ("$name", made.Name)
                )
                : SqliteSchemaReader.ReadColumn(connection, made.Name, made.Column) is not null
        );
}
