using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Guards;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives.Restoring;

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

    /// <summary>The tables, by their names of then, that have lost rows or columns since.</summary>
    /// <param name="earlier">The tables of then.</param>
    /// <param name="names">What has become of their names.</param>
    public IReadOnlyList<string> Lacking(LiveTables earlier, StepTables names) =>
        [
            .. earlier
                ._tables.Values.Where(table => Lack(table, names))
                .Select(table => table.Table.Name),
        ];

    private bool Lack((SqliteTable Table, long Rows) earlier, StepTables names)
    {
        var table = earlier.Table;
        return earlier.Rows > 0
            && (
                names.NameAfter(table.Name) is not { } name
                || !_tables.TryGetValue(name, out var now)
                || now.Rows < earlier.Rows
                || !now.Table.HasColumns(table.Columns.Select(c => names.NameAfter(table.Name, c)))
            );
    }
}
