using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.History;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Guards;

/// <summary>The tables that are somebody's data: neither SQLite's own nor the migrator's nor virtual nor what those are made of.</summary>
internal static class SqliteRows
{
    public static IReadOnlyList<string> Tables(SqliteConnection connection)
    {
        OwnTables.RequireFunctions(connection);
        return connection.Query(
            $"""
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND {OwnTables.Excluded}
            ORDER BY name
            """,
            row => row.GetString(0)
        );
    }

    /// <summary>Whether one of them has a row.</summary>
    public static bool Any(SqliteConnection connection) =>
        Tables(connection)
            .Any(table =>
                connection.Any($"SELECT 1 FROM main.{SqliteCommands.Quote(table)} LIMIT 1")
            );

    /// <summary>How many each has.</summary>
    public static IReadOnlyList<TableRows> Count(SqliteConnection connection) =>
        [
            .. Tables(connection)
                .Select(table => new TableRows(
                    table,
                    connection.Number($"SELECT count(*) FROM main.{SqliteCommands.Quote(table)}")
                )),
        ];
}
