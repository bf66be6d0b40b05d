using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>The tables that hold people's data at some moment, with what tells whether an Up has moved any of it.</summary>
internal sealed class LiveTables
{
    private readonly Dictionary<string, (SqliteTable Table, long Rows)> _tables = new(
        SqliteNames.Comparer
    );

    /// <summary>Looks at all of them.</summary>
    public static LiveTables Read(SqliteConnection connection)
    {
        var live = new LiveTables();
        foreach (var name in SqliteRows.Tables(connection))
        {
            var table = SqliteTable.Find(connection, name)!;
            live._tables[name] = (table, table.Count(connection));
        }

        return live;
    }

    /// <summary>Whether there is this table.</summary>
    public bool Have(string table) => _tables.ContainsKey(table);

    /// <summary>Whether there is this column.</summary>
    public bool HaveColumn(string table, string column) =>
        _tables.TryGetValue(table, out var found) && found.Table.HasColumns([column]);

    /// <summary>Whether any table has lost rows or columns since then.</summary>
    public bool Lack(LiveTables earlier) => earlier._tables.Values.Any(Lack);

    private bool Lack((SqliteTable Table, long Rows) earlier) =>
        earlier.Rows > 0
        && (
            !_tables.TryGetValue(earlier.Table.Name, out var now)
            || now.Rows < earlier.Rows
            || !now.Table.HasColumns(earlier.Table.Columns)
        );
}
