using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Guards;

/// <summary>Tells SQL that can only add from SQL that may take rows away or change them.</summary>
internal static class SqliteRowRisk
{
    /// <summary>Whether one of the texts holds a statement that may touch rows that are there.</summary>
    public static bool Of(SqliteConnection connection, IReadOnlyList<string> texts)
    {
        var statements = texts
            .SelectMany(SqliteStatements.Split)
            .Select(statement => SqliteStatement.Parse(statement.Sql))
            .ToArray();
        return statements.Any(s => s.Kind is not (StatementKind.Additive or StatementKind.Insert))
            || (
                statements.Any(s => s.Kind == StatementKind.Insert)
                && (statements.Any(MayReplace) || MayReplace(connection))
            );
    }

    /// <summary>What an INSERT sets off: triggers, and constraints that replace the row that is in the way.</summary>
    private static bool MayReplace(SqliteStatement statement) =>
        statement.Sql.Contains("TRIGGER", StringComparison.OrdinalIgnoreCase)
        || statement.Sql.Contains("REPLACE", StringComparison.OrdinalIgnoreCase);

    private static bool MayReplace(SqliteConnection connection) =>
        connection.Any(
            "SELECT 1 FROM sqlite_master WHERE type = 'trigger' OR sql LIKE '%REPLACE%'"
        );
}
