using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Nitejar.Tests.Chains;

/// <summary>All that a database holds, but for the migrator's own notes.</summary>
/// <param name="Schema">What the schema table says, sorted.</param>
/// <param name="Applied">Versions and descriptions of the history.</param>
/// <param name="Tables">The rows of each table, by <c>id</c>: a text for each row, with the names of its columns.</param>
/// <param name="Counters">The AUTOINCREMENT counters that are above 0.</param>
internal sealed record ChainDump(
    IReadOnlyList<string> Schema,
    IReadOnlyList<string> Applied,
    IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> Tables,
    IReadOnlyDictionary<string, long> Counters
)
{
    private const string IsTheirs =
        @"name NOT LIKE 'sqlite\_%' ESCAPE '\' AND tbl_name NOT IN ('VersionJournal', 'VersionArchive') AND tbl_name NOT GLOB 'VersionArchive_[0-9]*'";

    /// <summary>Reads a file.</summary>
    public static ChainDump Of(string path)
    {
        using var connection = new SqliteConnection(
            $"Data Source={path};Pooling=False;Mode=ReadOnly"
        );
        connection.Open();
        var tables = Column(
                connection,
                $"SELECT name FROM sqlite_master WHERE type = 'table' AND {IsTheirs}"
            )
            .Where(name => name != "VersionInfo")
            .ToArray();
        var counters = Column(
            connection,
            "SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'"
        );
        return new ChainDump(
            Column(
                connection,
                $"SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_master WHERE {IsTheirs} ORDER BY type, name"
            ),
            Column(
                connection,
                "SELECT \"Version\" || ' ' || \"Description\" FROM \"VersionInfo\" ORDER BY \"Version\""
            ),
            tables.ToDictionary(name => name, name => Rows(connection, name, orderBy: "\"id\"")),
            counters.Count == 0
                ? new Dictionary<string, long>()
                : Rows(connection, "sqlite_sequence", orderBy: "name")
                    .Where(row => tables.Contains(row["name"].Trim('\'')) && row["seq"] != "0")
                    .ToDictionary(
                        row => row["name"].Trim('\''),
                        row => long.Parse(row["seq"], CultureInfo.InvariantCulture)
                    )
        );
    }

    /// <summary>The rows of a table, values as SQL.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(
        SqliteConnection connection,
        string table,
        string orderBy = "rowid"
    )
    {
        var columns = Column(connection, $"SELECT name FROM pragma_table_info('{table}')");
        var values = string.Join(", ", columns.Select(column => $"quote(\"{column}\")"));
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {values} FROM \"{table}\" ORDER BY {orderBy}";
        using var reader = command.ExecuteReader();
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (reader.Read())
        {
            rows.Add(
                Enumerable
                    .Range(0, columns.Count)
                    .ToDictionary(i => columns[i], i => reader.GetString(i))
            );
        }

        return rows;
    }

    /// <summary>How the other one differs, a line for each difference; empty where it is the same.</summary>
    public IReadOnlyList<string> DifferencesTo(ChainDump actual) =>
        [
            .. Differences("schema", Schema, actual.Schema),
            .. Differences("applied", Applied, actual.Applied),
            .. Differences("row", Lines(), actual.Lines()),
        ];

    /// <summary>A line for each row.</summary>
    public IReadOnlyList<string> Lines() =>
        [
            .. Tables
                .OrderBy(table => table.Key, StringComparer.Ordinal)
                .SelectMany(table => table.Value.Select(row => $"{table.Key}: {Line(row)}")),
        ];

    /// <summary>What is missing of one list and what is more than it.</summary>
    public static IEnumerable<string> Differences(
        string what,
        IReadOnlyList<string> expected,
        IReadOnlyList<string> actual
    )
    {
        var more = actual.ToList();
        var missing = expected.Where(line => !more.Remove(line)).ToArray();
        return
        [
            .. missing.Select(line => $"  - {what} {line}"),
            .. more.Select(line => $"  + {what} {line}"),
        ];
    }

    /// <summary>A row in a line.</summary>
    public static string Line(IReadOnlyDictionary<string, string> row) =>
        string.Join(", ", row.Select(pair => $"{pair.Key} = {pair.Value}"));

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
