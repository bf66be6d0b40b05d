using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Builds.Tests.Expressions;

/// <summary>All that a database holds but for what migrators note in it, a line for each object and each row.</summary>
internal static class DatabaseText
{
    private const string IsTheirs =
        @"name NOT LIKE 'sqlite\_%' ESCAPE '\' AND tbl_name NOT GLOB 'Version*'";

    /// <summary>Reads a file.</summary>
    public static IReadOnlyList<string> Of(string path)
    {
        using var connection = new SqliteConnection(
            $"Data Source={path};Pooling=False;Mode=ReadOnly"
        );
        connection.Open();
        var tables = Lines(
            connection,
            $"SELECT name FROM sqlite_master WHERE type = 'table' AND {IsTheirs} ORDER BY name"
        );
        return
        [
            .. Lines(
                connection,
                $"SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_master WHERE {IsTheirs} ORDER BY type, name"
            ),
            .. Lines(
                connection,
                "SELECT 'applied ' || Version || ' ' || Description FROM VersionInfo ORDER BY Version"
            ),
            .. tables.SelectMany(table => Lines(connection, RowsOf(connection, table))),
        ];
    }

    /// <summary>A query whose rows are texts: all values of a row, as SQL writes them.</summary>
    private static string RowsOf(SqliteConnection connection, string table)
    {
        var columns = Lines(
            connection,
            $"SELECT name FROM pragma_table_xinfo({Quote(table, '\'')})"
        );
        var values = columns.Select(column => $"quote({Quote(column, '"')})");
        return $"SELECT {Quote(table + ": ", '\'')} || {string.Join(" || ', ' || ", values)} FROM {Quote(table, '"')} ORDER BY 1";
    }

    private static string Quote(string text, char quote) =>
        quote + text.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal) + quote;

    private static List<string> Lines(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
