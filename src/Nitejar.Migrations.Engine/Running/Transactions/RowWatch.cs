using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Archives.Restoring;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Running.Transactions;

/// <summary>Watches over the rows of a run: what it removes, what it must not, and what the archive keeps.</summary>
internal sealed class RowWatch(IMigrationSession session, IDeferredChecks? checks)
    : IStatementWatcher
{
    private readonly RowGuard _guard = new(session, checks);
    private readonly LossLedger _losses = new(session);
    private readonly ClearedReferences _cleared = new(session);
    private readonly RowsInTransit _transit = new(new WaitingRows(session), new KeptSeeds(session));
    private EarlierNames? _earlier;
    private Archiver? _archiver;
    private ArchiveRestorer? _restorer;
    private StepScope? _step;
    private bool? _hasArchive;
    private bool _isUnparked;

    /// <summary>What follows belongs to this step.</summary>
    public void BeginStep(StepScope step, StepStatements statements)
    {
        _step = step;
        _guard.BeginStep(statements);
        _earlier = new EarlierNames(session);
        _archiver = null;
        _restorer = null;
        if (HasArchive())
        {
            Unpark(step);
        }

        if (step.Direction == Direction.Down)
        {
            BeginDown(step, statements);
        }
        else
        {
            _losses.BeginStep(step.Direction, dropped: []);
            BeginUp(step, statements);
        }
    }

    public void Before(Statement statement)
    {
        _guard.Before(statement, _earlier!, _step!.Direction);
        if (session.Rows.ActionsTakeEffect)
        {
            NameWhatFollows(statement);
        }

        _losses.Before(statement, _earlier!);
        checks?.Before(statement);
        _restorer?.Before(statement);
        _archiver?.Before(statement);
        _earlier!.Before(statement);
    }

    /// <summary>What ON DELETE takes is named by the statement that causes it.</summary>
    private void NameWhatFollows(Statement statement)
    {
        foreach (var effect in statement.Of(EffectKind.Delete))
        {
            var reach = DeleteReach.Of(session, effect.Name, withActions: true);
            _guard.Name(reach.Tables);
            _cleared.Before(reach.Columns);
        }
    }

    /// <summary>Code is about to run, of which nothing is known.</summary>
    public void BeforeCode()
    {
        _guard.BeforeCode();
        checks?.BeforeCode();
    }

    public void After(Statement statement, long changes)
    {
        _losses.AddCleared(_cleared.After());
        _losses.After(statement, changes, _earlier!);
        checks?.After(statement);
        _transit.After(statement);
        _restorer?.After(statement);
        _archiver?.After(statement);
        _earlier!.After(statement);
    }

    public bool MayRescue => _restorer is not null;

    public StatementRescue Rescue(Statement statement, StatementFault fault) =>
        _restorer is null ? StatementRescue.None
        : _restorer.Excuses(statement, fault) ? StatementRescue.PassOver
        : session.Rows.PauseHoldsActions
        && (_restorer.MakesRoom(statement, fault) || _restorer.WaitsForParents(statement, fault))
            ? StatementRescue.Retry
        : StatementRescue.None;

    /// <summary>Settles what the step archived, or restores what its Down once did.</summary>
    /// <exception cref="MigrationFailedException">A table that the step rebuilt lacks rows, an index or a trigger.</exception>
    public StepData EndStep()
    {
        _guard.EndStep(_step!.Direction);
        return (_archiver, _restorer, _step.KeepRows) switch
        {
            ({ } archiver, _, _) => StepData.None with { Archived = archiver.Finish() },
            (_, { } restorer, true) => Restore(restorer),
            (_, { } restorer, _) => StepData.None with { Discarded = restorer.Discard() },
            (null, null, _) => StepData.None,
        };
    }

    /// <summary>Compares the data with what it was.</summary>
    /// <returns>What is removed, and how much of that the archive has.</returns>
    /// <exception cref="MigrationFailedException">A reference dangles that did not, or unnamed rows are gone.</exception>
    public IReadOnlyList<DataLoss> Check()
    {
        _guard.Check();
        var lost = _losses.Read(_guard.RowsBefore);
        var archives = lost.Count == 0 ? [] : EntriesOfRun();
        return [.. lost.Select(loss => loss with { Archived = KeptOf(loss, archives) })];
    }

    /// <summary>Finds foreign keys that lead nowhere since the run.</summary>
    public IReadOnlyList<LooseKey> ReadLooseKeys() => checks?.ReadLooseKeys() ?? [];

    /// <summary>Takes rows out that refer to rows which a later run will restore; whatever else they refer to is left over.</summary>
    public IReadOnlyList<ArchiveEntry> Park() => _step is null ? [] : _transit.Settle(_step.RunId);

    /// <summary>A step without a transaction commits as it goes, and so without them.</summary>
    private void Unpark(StepScope step)
    {
        if (!_isUnparked && !step.CommitsEachStatement)
        {
            _isUnparked = true;
            _guard.Disregard(_transit.Waiting.Unpark());
        }
    }

    private void BeginUp(StepScope step, StepStatements statements)
    {
        if (HasArchive())
        {
            _restorer = new ArchiveRestorer(session, step, _transit);
            _restorer.Prepare(statements);
        }
    }

    private void BeginDown(StepScope step, StepStatements statements)
    {
        if (HasArchive())
        {
            SupersededArchives.Settle(session, step);
        }

        var dropped = statements.Mentions("DROP")
            ? StepTables.Of(statements.All, session.Dialect.Names, IsTable).Dropped
            : [];
        _losses.BeginStep(step.Direction, dropped);
        if (step.KeepRows)
        {
            _archiver = new Archiver(session, step, _earlier!);
            _archiver.Begin(statements, dropped);
            _hasArchive = true;
        }
    }

    private StepData Restore(ArchiveRestorer restorer)
    {
        var data = restorer.Restore();
        _losses.AddLeft(
            data.Restored.Where(rows => rows.Column is not null)
                .Select(rows => new DataLoss(rows.Table, rows.Column, rows.Left))
        );
        return data;
    }

    private bool IsTable(string name) => session.Tables.Find(name) is not null;

    /// <summary>Asked once a run: most databases have none, and a run may have thousands of steps.</summary>
    private bool HasArchive() => _hasArchive ??= VersionArchiveTable.Exists(session);

    private ArchiveEntry[] EntriesOfRun() =>
        [
            .. VersionArchiveTable
                .Read(session)
                .Select(archive => archive.Entry)
                .Where(entry => entry.RunId == _step?.RunId),
        ];

    private long KeptOf(DataLoss loss, IEnumerable<ArchiveEntry> archives) =>
        Math.Min(
            loss.Rows,
            archives
                .Where(entry =>
                    session.Dialect.Names.Equals(entry.Table, loss.Table)
                    && session.Dialect.Names.Equals(entry.Column, loss.Column)
                )
                .Sum(entry => entry.Rows)
        );
}
