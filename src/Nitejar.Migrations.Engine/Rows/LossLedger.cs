using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>
/// Counts what a run removes: rows of dropped tables, values of dropped columns, deleted rows. What counts is the
/// end: a table that was rebuilt under its name has its rows again, and so has one that was archived and restored.
/// </summary>
internal sealed class LossLedger(ISession session)
{
    private readonly EarlierNames _beforeRun = new(session);
    private readonly Dictionary<string, TableCounts> _tables = new(session.Dialect.Names);
    private readonly Dictionary<string, TableCounts> _columns = new(session.Dialect.Names);
    private readonly HashSet<string> _dropped = new(session.Dialect.Names);
    private readonly HashSet<string> _made = new(session.Dialect.Names);
    private readonly Dictionary<Effect, long> _all = [];
    private readonly PartCounts _parts = new(session);
    private readonly List<DataLoss> _deleted = [];
    private readonly List<DataLoss> _changed = [];
    private readonly List<DataLoss> _left = [];
    private IReadOnlyCollection<string> _dropping = [];
    private Direction _direction;
    private bool _hasGoneDown;
    private bool _hasGoneUp;

    /// <summary>Whether the run goes there and back again, so that what counts is how many rows there are at its end.</summary>
    private bool IsRoundTrip => _hasGoneDown && _hasGoneUp;

    /// <summary>A step begins: what the tables hold that it will drop is counted before it deletes anything from them.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="dropped">The tables, of a Down.</param>
    public void BeginStep(Direction direction, IReadOnlyCollection<string> dropped)
    {
        _direction = direction;
        _hasGoneDown |= direction == Direction.Down;
        _hasGoneUp |= direction == Direction.Up;
        _dropping = dropped;
        foreach (var name in dropped.Where(name => !_tables.ContainsKey(name)))
        {
            if (session.Tables.Find(name) is { } table)
            {
                _tables[table.Name] = Counts(table, table.Columns, names: null);
            }
        }
    }

    /// <summary>Values that the archive had are missing, since they did not fit when rows came back.</summary>
    public void AddLeft(IEnumerable<DataLoss> left) => _left.AddRange(left);

    /// <summary>Counts what the statement will drop, unless its step has made it.</summary>
    public void Before(Statement statement, EarlierNames beforeStep)
    {
        _beforeRun.Before(statement);
        _parts.Before(statement);
        foreach (var effect in statement.Effects)
        {
            if (effect.IsOfAllRows && session.Tables.Find(effect.Name) is { } whole)
            {
                _all[effect] = session.Count(whole, effect.Column);
            }

            if (
                effect.Kind is EffectKind.DropTable or EffectKind.DropColumn
                && session.Tables.Find(effect.Name) is { } table
                && beforeStep.OfTable(table.Name) is { } name
            )
            {
                Before(effect, table, (name, beforeStep));
            }
        }
    }

    /// <summary>Counts what the statement has deleted or, on the way down, changed, and notes what it has made.</summary>
    public void After(Statement statement, long changes, EarlierNames beforeStep)
    {
        _parts.After();
        var wereThere = statement
            .Of(EffectKind.MakeTable)
            .Where(made => _beforeRun.OfTable(made.Name) is not null)
            .ToArray();
        foreach (var effect in statement.Effects)
        {
            var rows = effect.IsOfAllRows
                ? _all.GetValueOrDefault(effect)
                : _parts.Of(effect) ?? changes;
            if (effect.Kind == EffectKind.Update && _direction == Direction.Down)
            {
                AddChange(effect, rows);
            }
            else if (effect.Kind == EffectKind.Delete)
            {
                AddDeleted(effect, rows, beforeStep);
            }
        }

        _all.Clear();

        _beforeRun.After(statement);
        foreach (var made in wereThere.Where(made => _beforeRun.OfTable(made.Name) is null))
        {
            _made.Add(made.Name);
        }
    }

    /// <summary>Counts references that were cleared, by the names of now.</summary>
    public void AddCleared(IReadOnlyList<DataLoss> cleared)
    {
        foreach (var loss in cleared)
        {
            if (_beforeRun.OfTable(loss.Table) is { } table)
            {
                _deleted.Add(
                    loss with
                    {
                        Table = table,
                        Column = _beforeRun.OfColumn(loss.Table, loss.Column!) ?? loss.Column,
                    }
                );
            }
        }
    }

    /// <summary>What is gone at the end.</summary>
    /// <param name="rowsBefore">How many rows each table had before the run.</param>
    public IReadOnlyList<DataLoss> Read(IReadOnlyDictionary<string, long> rowsBefore)
    {
        var losses = (IsRoundTrip ? _left : Taken())
            .Concat(MissingOtherwise(rowsBefore))
            .Concat(_changed.Where(change => !IsGone(change)))
            .Where(loss => loss.Rows > 0)
            .ToList();
        return losses.Count == 0
            ? losses
            :
            [
                .. losses
                    .GroupBy(loss => loss with { Rows = 0 })
                    .Select(same => same.Key with { Rows = same.Sum(loss => loss.Rows) }),
            ];
    }

    private IEnumerable<DataLoss> Taken() =>
        _tables
            .SelectMany(counted => Missing(counted.Key, counted.Value))
            .Concat(_columns.SelectMany(counted => MissingValues(counted.Key, counted.Value)))
            .Concat(_deleted);

    /// <summary>What was changed first and then dropped as a whole is told once.</summary>
    private bool IsGone(DataLoss change) =>
        (_dropped.Contains(change.Table) && session.Tables.Find(change.Table) is null)
        || (
            _columns.TryGetValue(change.Table, out var dropped)
            && dropped.Values.ContainsKey(change.Column!)
        );

    private void Before(
        Effect effect,
        StoredTable table,
        (string Name, EarlierNames Names) beforeStep
    )
    {
        if (effect.Kind == EffectKind.DropColumn)
        {
            AddColumn(beforeStep.Name, table, effect.Column!, beforeStep.Names);
            return;
        }

        if (_beforeRun.OfTable(table.Name) is { } nameBeforeRun)
        {
            _dropped.Add(nameBeforeRun);
        }

        // The first count is of what the run found; a table may be rebuilt more than once.
        if (!_tables.ContainsKey(beforeStep.Name))
        {
            _tables[beforeStep.Name] = Counts(table, table.Columns, beforeStep.Names);
        }
    }

    private void AddDeleted(Effect effect, long rows, EarlierNames beforeStep)
    {
        if (
            _beforeRun.OfTable(effect.Name) is { } before
            && beforeStep.OfTable(effect.Name) is { } name
            && !_dropping.Contains(name, session.Dialect.Names)
        )
        {
            _deleted.Add(new DataLoss(before, Column: null, rows));
        }
    }

    /// <summary>What the run has made itself holds nothing that could be lost.</summary>
    private void AddChange(Effect effect, long values)
    {
        if (
            _beforeRun.OfTable(effect.Name) is { } table
            && _beforeRun.OfColumn(effect.Name, effect.Column!) is { } column
        )
        {
            _changed.Add(new DataLoss(table, column, values) { IsChange = true });
        }
    }

    private void AddColumn(string name, StoredTable table, string column, EarlierNames beforeStep)
    {
        var counted = Counts(
            table,
            table.Columns.Where(c => session.Dialect.Names.Equals(c, column)),
            beforeStep
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
            ? Counts(table, table.Columns.Where(before.Values.ContainsKey), names: null).Values
            : [];
        return before.Values.Select(counted => new DataLoss(
            name,
            counted.Key,
            counted.Value - now.GetValueOrDefault(counted.Key)
        ));
    }

    /// <summary>Rows that went in no way that is known: triggers, REPLACE, code.</summary>
    private IEnumerable<DataLoss> MissingOtherwise(IReadOnlyDictionary<string, long> rowsBefore)
    {
        if (rowsBefore.Count == 0)
        {
            return [];
        }

        var now = new Dictionary<string, long>(session.Dialect.Names);
        foreach (var (table, rows) in RowCounts.Read(session))
        {
            now.TryAdd(_beforeRun.OfTable(table) ?? table, rows);
        }

        return rowsBefore
            .Where(counted =>
                IsRoundTrip || !(_dropped.Contains(counted.Key) || _made.Contains(counted.Key))
            )
            .Select(counted => new DataLoss(
                counted.Key,
                Column: null,
                counted.Value - now.GetValueOrDefault(counted.Key) - DeletedFrom(counted.Key)
            ));
    }

    private long DeletedFrom(string table) =>
        IsRoundTrip
            ? 0
            : _deleted
                .Where(loss =>
                    loss.Column is null && session.Dialect.Names.Equals(loss.Table, table)
                )
                .Sum(loss => loss.Rows);

    /// <summary>Rows and, by their earlier names, values that are not NULL. Columns that were added since are left out.</summary>
    private TableCounts Counts(StoredTable table, IEnumerable<string> columns, EarlierNames? names)
    {
        var counts = new TableCounts(
            session.Count(table),
            new Dictionary<string, long>(session.Dialect.Names)
        );
        var known = columns
            .Select(now =>
                (Now: now, Earlier: names is null ? now : names.OfColumn(table.Name, now))
            )
            .Where(column => column.Earlier is not null)
            .ToArray();
        if (known.Length == 0)
        {
            return counts;
        }

        // One pass over the table for all of the columns.
        var values = known.Select(column => $"count({Identifier.Quote(column.Now)})");
        _ = session.Query(
            $"SELECT {string.Join(", ", values)} FROM {table.Quoted}",
            row =>
            {
                for (var i = 0; i < known.Length; i++)
                {
                    counts.Values[known[i].Earlier!] = row.GetInt64(i);
                }

                return true;
            }
        );
        return counts;
    }

    private sealed record TableCounts(long Rows, Dictionary<string, long> Values);
}
