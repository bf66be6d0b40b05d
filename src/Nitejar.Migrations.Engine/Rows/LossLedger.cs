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
    private readonly DroppedCounts _counts = new(session);
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
        foreach (var name in dropped)
        {
            if (session.Tables.Find(name) is { } table)
            {
                _counts.AddTable(table.Name, table, names: null);
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
        var losses = (IsRoundTrip ? _left : _counts.Missing().Concat(_deleted))
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

    /// <summary>What was changed first and then dropped as a whole is told once.</summary>
    private bool IsGone(DataLoss change) =>
        (_dropped.Contains(change.Table) && session.Tables.Find(change.Table) is null)
        || _counts.HasColumn(change.Table, change.Column!);

    private void Before(
        Effect effect,
        StoredTable table,
        (string Name, EarlierNames Names) beforeStep
    )
    {
        if (effect.Kind == EffectKind.DropColumn)
        {
            _counts.AddColumn(beforeStep.Name, table, effect.Column!, beforeStep.Names);
            return;
        }

        if (_beforeRun.OfTable(table.Name) is { } nameBeforeRun)
        {
            _dropped.Add(nameBeforeRun);
        }

        _counts.AddTable(beforeStep.Name, table, beforeStep.Names);
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
}
