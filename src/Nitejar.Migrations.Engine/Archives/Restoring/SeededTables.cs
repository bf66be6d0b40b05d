using Nitejar.Migrations.Engine.Archives.Restoring.Placing;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>
/// What an Up itself does to tables whose rows come back: which of them it makes, which rows it inserts into the others,
/// and whether it moves rows there that would be nowhere else.
/// </summary>
internal sealed class SeededTables
{
    private readonly ISession _session;
    private readonly StepStatements _statements;
    private readonly StepTables _names;
    private readonly LiveTables _before;
    private readonly InsertedRows _inserted;
    private readonly QueriedRows _queried;
    private readonly Lazy<string?> _lastTaker;
    private readonly SeedNumbers _numbers;
    private readonly bool _mayRewind;
    private readonly HashSet<string> _watched;
    private readonly HashSet<string> _replaced;

    /// <summary>Looks at the database before the step, and watches what it inserts from here on.</summary>
    /// <param name="session">The session of the run.</param>
    /// <param name="step">The step.</param>
    /// <param name="statements">Its statements.</param>
    /// <param name="archives">What is to be restored after it.</param>
    public SeededTables(
        ISession session,
        StepScope step,
        StepStatements statements,
        IReadOnlyList<StoredArchive> archives
    )
    {
        _session = session;
        _watched = new(session.Dialect.Names);
        _replaced = new(session.Dialect.Names);
        _statements = statements;
        _before = LiveTables.Read(session);
        _names = StepTables.Of(statements.All, session.Dialect.Names, _before.Have);
        _numbers = new SeedNumbers(session, statements, _names);
        _inserted = new InsertedRows(session);
        _queried = new QueriedRows(session);
        _lastTaker = new(() => statements.All.LastOrDefault(Takes)?.Sql);
        IsUnchanged = step.IsUnchanged();
        _mayRewind = IsUnchanged && !step.CommitsEachStatement;
        foreach (var archive in archives.Where(archive => archive.Entry.Column is null))
        {
            Watch(archive);
        }
    }

    /// <summary>Whether the Up is the one that was reverted, so that its rows are what the archived ones were at first.</summary>
    public bool IsUnchanged { get; }

    /// <summary>Whether there was a table of this name before the step.</summary>
    public bool Had(string table) => _before.Have(table);

    /// <summary>Whether that table had this column, and was the one that has its name now.</summary>
    public bool HadColumn(string table, string column) =>
        _names.EarlierNameOf(table) is { } earlier && _before.HaveColumn(earlier, column);

    /// <summary>
    /// Whether archived rows replace what the statement inserts, into a table that was there before, and nothing of it
    /// would be lost if it were not executed.
    /// </summary>
    public bool Replaces(Statement statement) =>
        IsUnchanged
        && statement.Effects is [{ Kind: EffectKind.Insert } insert]
        && _inserted.Watches(insert.Name)
        && (statement.InsertsValues || !TakesAfter(FillsFromElsewhere));

    /// <summary>Removes the rows that the Up has inserted into a table so far, where archived rows replace them.</summary>
    /// <returns>Whether there were any.</returns>
    public bool RemoveReplaced(string name)
    {
        if (
            !IsUnchanged
            || TakesAfter(FillsFromElsewhere)
            || _session.Tables.Find(name) is not { } table
            || _inserted.Condition(table) is not { } isSeed
        )
        {
            return false;
        }

        using (_session.Rows.PauseEffects([table.Name]))
        {
            return _session.Change($"DELETE FROM {table.Quoted} AS t WHERE {isSeed}") > 0;
        }
    }

    /// <summary>A statement of the step is about to be executed.</summary>
    public void Before(Statement statement)
    {
        if (FillsFromElsewhere(statement) && MayMove(statement))
        {
            _queried.Read(statement);
        }
    }

    /// <summary>A statement of the step was executed.</summary>
    public void After(Statement statement)
    {
        _inserted.After(statement);
        if (Takes(statement) && statement.Sql == _lastTaker.Value)
        {
            _queried.Find();
        }
    }

    /// <summary>The tables, by their names before the step, that have lost rows or columns, which may be elsewhere now.</summary>
    public IReadOnlyList<string> FindLacking() =>
        LiveTables.Read(_session).Lacking(_before, _names);

    /// <summary>How the rows of an archive come back.</summary>
    /// <param name="archive">The rows.</param>
    /// <param name="lacking">See <see cref="FindLacking"/>.</param>
    /// <param name="needed">Which rows that the Up has inserted have to stay.</param>
    /// <param name="kept">Rows of earlier Ups of the run, which give way like this one's.</param>
    public RowRestoration RestorationOf(
        StoredArchive archive,
        IReadOnlyList<string> lacking,
        NeededSeeds needed,
        KeptSeeds kept
    )
    {
        var table = _session.Tables.Find(archive.Entry.Table)!;
        var isNew = !Had(table.Name) && _names.EarlierNameOf(table.Name) is null;
        var isSeed = isNew ? "1 = 1" : _inserted.Condition(table);
        if (isSeed is not null && kept.Condition(table) is { } isKept)
        {
            isSeed = $"({isSeed} OR {isKept})";
        }

        var areNeeded = needed.AreAll(table.Name);
        var staysBeside =
            areNeeded || isSeed is null || lacking.Any(IsMoved) || !_replaced.Add(table.Name);
        var rule = (staysBeside, IsUnchanged) switch
        {
            (true, _) => SeedRule.Kept,
            (_, true) => SeedRule.Replaced,
            (_, false) => SeedRule.ReplacedByKey,
        };
        return new RowRestoration(
            new RowPlaces(_session, archive, table, rule)
            {
                AreSeedsNeeded = areNeeded,
                Needed = needed.Of(table.Name),
                IsNewTable = isNew,
                IsSeed = isSeed,
            }
        )
        {
            SequenceBefore = _numbers.Before(table.Name),
        };
    }

    /// <summary>Another attempt begins.</summary>
    public void BeginAgain() => _replaced.Clear();

    /// <summary>Watches no longer.</summary>
    public void End()
    {
        _inserted.End();
        _queried.End();
    }

    private void Watch(StoredArchive archive)
    {
        var name = archive.Entry.Table;
        if (
            _names.EarlierNameOf(name) is { } now
            && _session.Tables.Find(now) is { } table
            && _watched.Add(now)
        )
        {
            _watched.Add(name);
            _numbers.Read(archive, table, rewinds: _mayRewind);
            _inserted.Watch(table);
        }
    }

    /// <summary>Whether a statement reads from this table what it writes elsewhere, and could not read it again, since something was removed after that.</summary>
    private bool IsMoved(string table) =>
        TakesAfter(statement =>
            FillsFromElsewhere(statement)
            && Names(statement, table)
            && !_queried.AreThere(statement)
        );

    private bool TakesAfter(Func<Statement, bool> isFilling) =>
        _statements.All.SkipWhile(statement => !isFilling(statement)).Any(Takes);

    /// <summary>Whether rows are deleted after the statement, of which it may have read some or not. What is dropped after it is gone for certain.</summary>
    private bool MayMove(Statement statement)
    {
        var takers = _statements
            .All.SkipWhile(other => other.Sql != statement.Sql)
            .Where(Takes)
            .ToArray();
        return takers.Length > 0
            && Array.TrueForAll(takers, taker => taker.Effects is [{ Kind: EffectKind.Delete }]);
    }

    private static bool Takes(Statement statement) =>
        statement.IsOpaque
        || statement.Has(EffectKind.Delete)
        || statement.Has(EffectKind.DropTable)
        || statement.Has(EffectKind.DropColumn);

    private bool Names(Statement statement, string table)
    {
        var words = _session.Dialect.WordsOf(statement.Sql);
        return _names.NamesOf(table).Any(name => words.Contains(name.ToLowerInvariant()));
    }

    private static bool FillsFromElsewhere(Statement statement) =>
        statement.IsOpaque
        || statement.MakesTableOfQuery
        || (statement.Has(EffectKind.Insert) && !statement.InsertsValues);
}
