using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>
/// What tables and columns held before a run dropped them, by their names before the step that does. The first count is
/// the one that matters: a table may be rebuilt more than once.
/// </summary>
internal sealed class DroppedCounts(ISession session)
{
    private readonly Dictionary<string, TableCounts> _tables = new(session.Dialect.Names);
    private readonly Dictionary<string, TableCounts> _columns = new(session.Dialect.Names);

    /// <summary>Counts what a table holds that will be dropped, unless it was counted before.</summary>
    /// <param name="name">Its name before the step.</param>
    /// <param name="table">The table.</param>
    /// <param name="names">The names before the step; <see langword="null"/> at its beginning.</param>
    public void AddTable(string name, StoredTable table, EarlierNames? names)
    {
        if (!_tables.ContainsKey(name))
        {
            _tables[name] = TableCounts.Of(session, table, table.Columns, names);
        }
    }

    /// <summary>Counts what a column holds that will be dropped.</summary>
    public void AddColumn(string name, StoredTable table, string column, EarlierNames names)
    {
        var counted = TableCounts.Of(
            session,
            table,
            table.Columns.Where(c => session.Dialect.Names.Equals(c, column)),
            names
        );
        if (_columns.TryGetValue(name, out var before))
        {
            foreach (var (earlier, values) in before.Values)
            {
                counted.Values.TryAdd(earlier, values);
            }
        }

        _columns[name] = counted;
    }

    /// <summary>Whether a column was dropped by itself.</summary>
    public bool HasColumn(string table, string column) =>
        _columns.TryGetValue(table, out var dropped) && dropped.Values.ContainsKey(column);

    /// <summary>What is not there any more.</summary>
    public IEnumerable<DataLoss> Missing() =>
        _tables
            .SelectMany(counted => Missing(counted.Key, counted.Value))
            .Concat(_columns.SelectMany(counted => MissingValues(counted.Key, counted.Value)));

    private IEnumerable<DataLoss> Missing(string name, TableCounts before)
    {
        if (session.Tables.Find(name) is not { } table)
        {
            return [new DataLoss(name, Column: null, before.Rows)];
        }

        // Values of rows that are gone as a whole are not told a second time.
        var rows = session.Count(table);
        return MissingValues(name, before)
            .Where(loss => !table.HasColumns([loss.Column!]))
            .Select(loss => loss with { Rows = Math.Min(loss.Rows, rows) })
            .Prepend(new DataLoss(name, Column: null, before.Rows - rows));
    }

    private IEnumerable<DataLoss> MissingValues(string name, TableCounts before)
    {
        var now = session.Tables.Find(name) is { } table
            ? TableCounts
                .Of(session, table, table.Columns.Where(before.Values.ContainsKey), names: null)
                .Values
            : [];
        return before.Values.Select(counted => new DataLoss(
            name,
            counted.Key,
            counted.Value - now.GetValueOrDefault(counted.Key)
        ));
    }
}
