using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>The tables that hold people's data at some moment, with what tells whether an Up has moved any of it.</summary>
internal sealed class LiveTables
{
    private readonly Dictionary<string, LiveTable> _tables;

    private LiveTables(IEqualityComparer<string> names) => _tables = new(names);

    /// <summary>Looks at all of them.</summary>
    public static LiveTables Read(ISession session)
    {
        var names = session.Dialect.Names;
        var live = new LiveTables(names);
        foreach (var table in session.Tables.ReadSchema().Tables)
        {
            if (table.Traits.Kind == TableKind.Ordinary)
            {
                var name = table.Name.Name;
                var rows = RowCounts.Of(session, name);
                live._tables[name] = new LiveTable(name, StoredColumns(table, names), rows);
            }
        }

        return live;
    }

    /// <summary>Whether there is this table.</summary>
    public bool Have(string table) => _tables.ContainsKey(table);

    /// <summary>Whether there is this column.</summary>
    public bool HaveColumn(string table, string column) =>
        _tables.TryGetValue(table, out var found) && found.HasColumns([column]);

    /// <summary>The tables, by their names of then, that have lost rows or columns since.</summary>
    /// <param name="earlier">The tables of then.</param>
    /// <param name="names">What has become of their names.</param>
    public IReadOnlyList<string> Lacking(LiveTables earlier, StepTables names) =>
        [.. earlier._tables.Values.Where(table => Lack(table, names)).Select(table => table.Name)];

    private bool Lack(LiveTable earlier, StepTables names) =>
        earlier.Rows > 0
        && (
            names.NameAfter(earlier.Name) is not { } name
            || !_tables.TryGetValue(name, out var now)
            || now.Rows < earlier.Rows
            || !now.HasColumns(earlier.Columns.Select(c => names.NameAfter(earlier.Name, c)))
        );

    private static HashSet<string> StoredColumns(Table table, IEqualityComparer<string> names) =>
        new(table.Columns.Where(c => c.Generated is null).Select(c => c.Name), names);

    private sealed record LiveTable(string Name, IReadOnlySet<string> Columns, long Rows)
    {
        public bool HasColumns(IEnumerable<string> columns) => columns.All(Columns.Contains);
    }
}
