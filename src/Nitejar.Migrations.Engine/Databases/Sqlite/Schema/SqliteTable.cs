using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

/// <summary>What copying rows out of a table and back into it depends on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Stored columns; generated ones are left out.</param>
/// <param name="PrimaryKey">Its columns in their order; empty without one.</param>
/// <param name="RowId">A name under which the rowid can be used beside all columns; <see langword="null"/> where the table has none or hides it.</param>
/// <param name="IsVirtual">Its rows live where a module keeps them.</param>
internal sealed record SqliteTable(
    string Name,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> PrimaryKey,
    string? RowId,
    bool IsVirtual
)
{
    /// <summary>How many columns a table or a SELECT may have.</summary>
    private const int MostColumns = 2000;

    private static readonly string[] RowIdNames = ["rowid", "_rowid_", "oid"];

    /// <summary>The table, ready to be put into SQL; never a temporary one of the same name.</summary>
    public string Quoted => $"main.{SqliteCommands.Quote(Name)}";

    /// <summary>Whether rows can be told apart.</summary>
    public bool HasKey => PrimaryKey.Count > 0 || RowId is not null;

    /// <summary>Looks at a table; <see langword="null"/> where there is none.</summary>
    public static SqliteTable? Find(SqliteConnection connection, string name)
    {
        var found = connection.Query(
            "SELECT name, type, wr FROM pragma_table_list($name) WHERE schema = 'main' AND type <> 'view'",
            row => (Name: row.GetString(0), Type: row.GetString(1), HidesRowId: row.GetBoolean(2)),
            ("$name", name)
        );
        if (found.Count == 0)
        {
            return null;
        }

        var columns = connection.Query(
            "SELECT name, pk FROM pragma_table_xinfo($name, 'main') WHERE hidden = 0 ORDER BY cid",
            row => (Name: row.GetString(0), KeyPosition: row.GetInt32(1)),
            ("$name", name)
        );
        var names = columns.ConvertAll(column => column.Name);
        return new SqliteTable(
            found[0].Name,
            names,
            [
                .. columns
                    .Where(c => c.KeyPosition > 0)
                    .OrderBy(c => c.KeyPosition)
                    .Select(c => c.Name),
            ],
            found[0].HidesRowId || names.Count >= MostColumns
                ? null
                : Array.Find(RowIdNames, id => !names.Contains(id, SqliteNames.Comparer)),
            found[0].Type == "virtual"
        );
    }

    /// <summary>The condition that row <c>t</c> has one of these numbers.</summary>
    public string IsNumbered(IEnumerable<long> rows) => $"t.{RowId} IN ({string.Join(", ", rows)})";

    /// <summary>The SQL of the defaults of the columns that must not be NULL.</summary>
    public IReadOnlyDictionary<string, string> RequiredDefaults(SqliteConnection connection) =>
        connection
            .Query(
                "SELECT name, dflt_value FROM pragma_table_info($table, 'main') WHERE \"notnull\" AND dflt_value IS NOT NULL",
                row => (Name: row.GetString(0), Sql: row.GetString(1)),
                ("$table", Name)
            )
            .ToDictionary(column => column.Name, column => column.Sql, SqliteNames.Comparer);

    /// <summary>How many rows it has.</summary>
    public long Count(SqliteConnection connection) =>
        connection.Number($"SELECT count(*) FROM {Quoted}");

    /// <summary>Whether it has these columns.</summary>
    public bool HasColumns(IEnumerable<string> columns) =>
        columns.All(column => Columns.Contains(column, SqliteNames.Comparer));

    /// <summary>The columns as a list for SQL, each behind the prefix.</summary>
    public static string List(IEnumerable<string> columns, string prefix = "") =>
        string.Join(", ", columns.Select(column => prefix + SqliteCommands.Quote(column)));
}
