using System.Diagnostics;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.History.Definitions;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Preparing.Obstructions;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Transactions;
using Nitejar.Migrations.Engine.Secrets;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Adopting;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>Runs the steps of one plan that are committed together.</summary>
internal sealed class PlanRun
{
    private readonly MigrationTransaction _transaction;
    private readonly RunContext _run;
    private readonly MigrationCompiler _compiler;
    private readonly StepJournal _journal;
    private readonly List<string> _doubts = [];
    private readonly StepIdentity _identity;
    private IReadOnlyList<PreparedStep> _steps = [];
    private DefinitionWatch? _definitions;
    private int _last;
    private Adoption? _adoption;

    public PlanRun(
        MigrationCompiler compiler,
        MigrationTransaction transaction,
        RunContext run,
        CancellationToken cancellation
    )
    {
        _transaction = transaction;
        _run = run;
        _compiler = compiler;
        _journal = new StepJournal(transaction, run, _compiler);
        _identity = new StepIdentity(run.Consent, Evaluate, cancellation);
    }

    /// <summary>Looks for what would stop the plan half-way, before anything is touched.</summary>
    /// <exception cref="CheckFailedException">An applied migration has changed.</exception>
    /// <exception cref="RefusedException">A Down of the chain cannot be evaluated, hides statements, or cannot be tried before it is allowed.</exception>
    public void Check(PreparedPlan prepared, MigrationCatalog catalog, MigrationHistory history)
    {
        var checks = new PlanChecks(_transaction, _compiler);
        _doubts.AddRange(checks.Require(prepared, catalog, history));
        if (_run.Consent.AllowsUntried)
        {
            return;
        }

        checks.RequireTriable(prepared);
        RequireTriedTogether(prepared);
        if (prepared.Downs.FirstOrDefault(down => !down.Step.RunsInTransaction) is { } outside)
        {
            throw new RefusedException(
                $"{outside.Step.Id} is reverted without a transaction, so it is not known beforehand what it removes.",
                "Look at `down --dry-run`, and add --yes if that is meant."
            )
            {
                Detail = FilesOf(outside.Script),
            };
        }
    }

    /// <summary>What is committed before the rest is tried would stay where the rest is refused.</summary>
    private static void RequireTriedTogether(PreparedPlan prepared)
    {
        if (
            prepared.Plan is { CommitUnit: CommitUnit.Migration, Steps.Count: > 1 }
            && prepared.Downs.Any()
        )
        {
            throw new RefusedException(
                "Each migration would be reverted and committed by itself, so it is not known beforehand what they remove together.",
                "Look at `down --dry-run`, and add --yes if that is meant, or leave --transaction migration out."
            );
        }
    }

    /// <summary>The command that does the same without a question.</summary>
    public required string UnaskedCommand { get; init; }

    /// <summary>The statements that may use other files, which are never executed without being shown.</summary>
    private static string? FilesOf(MigrationScript script) =>
        script.IsUnrestricted
            ? string.Join(
                '\n',
                script
                    .Operations.OfType<SqlOperation>()
                    .Where(operation => operation.IsUnrestricted)
                    .Select(operation => operation.Sql)
            )
            : null;

    /// <summary>Executes what is committed together. A step without a transaction, which is always alone, commits its statements as it goes.</summary>
    public ExecutedUnit Execute(PreparedPlan prepared)
    {
        ExecuteFirstUnit(prepared);
        var parked = _transaction.ParkWaitingRows();
        var losses = _transaction.CheckData();
        return new ExecutedUnit(
            new Proposal(_run.Progress.Fingerprint, losses, UnaskedCommand) { Doubts = _doubts },
            _transaction.ReadLooseKeys(),
            [.. _doubts.Select(doubt => doubt + "."), .. parked.Select(ToWords)]
        );
    }

    private static string ToWords(ArchiveEntry entry)
    {
        var state = entry.State == ArchiveState.Waiting ? "Waiting" : "Left";
        return $"{state} in the archive: {entry.Table} ({Count.Of(entry.Rows, "row")}: {entry.Reason}).";
    }

    private void ExecuteFirstUnit(PreparedPlan prepared)
    {
        _steps = prepared.Steps;
        _adoption = prepared.Plan.Adoption;
        foreach (var known in prepared.Plan.AcceptedChanges)
        {
            _journal.Accept(known);
        }

        _run.Progress.Accepted(prepared.Plan.AcceptedChanges.Select(known => known.Id));

        // What an interrupted step has made before is not told from what was there before it.
        _last = prepared.Plan.StepsOfFirstUnit - 1;
        _definitions =
            _last >= 0 && _steps[0].Step.Settles is null ? _transaction.WatchDefinitions() : null;

        var index = 0;
        foreach (var step in prepared.FirstUnit)
        {
            try
            {
                Execute(step, index);
            }
            catch
            {
                _run.Progress.Failed(index);
                throw;
            }

            index++;
        }
    }

    private void Execute(PreparedStep planned, int index)
    {
        var step = planned.Step;
        if (step.Adopts)
        {
            Adopt(planned, index);
            return;
        }

        var entry = _journal.NewEntry(step);
        var clock = Stopwatch.StartNew();
        var prepared = planned.MayDiffer
            ? Preparation.Again(step, _transaction, _compiler)
            : planned;
        var script = prepared.Script;
        var digest = _identity.Of(step, index, script);
        Announce(step, script);
        _run.Progress.Warn(StoredSecrets.WarningsOf(step, script));

        _transaction.BeginStep(ScopeOf(step, script), prepared.Statements);
        if (step.RunsInTransaction)
        {
            Execute(prepared);
        }
        else
        {
            new SingleStatements(_transaction, _journal, _run).Execute(prepared);
        }

        var statements = prepared.Statements.Operations.Count;
        var data = _transaction.EndStep();
        if (data.IsOfChangedMigration)
        {
            _run.Progress.Warn([
                $"{step.Id} is not what was reverted, or cannot be compared with it: rows that it inserts stay unless an archived row has their key.",
            ]);
        }

        _journal.End(
            step,
            entry with
            {
                Duration = clock.Elapsed,
                Statement = step.RunsInTransaction ? null : statements,
            },
            script,
            DefinitionsAfter(index)
        );
        _run.Progress.Executed(index, statements, clock.Elapsed, data);
        _run.Progress.Identified(index, digest);
    }

    /// <summary>Records a migration whose objects are there; with the last one, how they are.</summary>
    private void Adopt(PreparedStep prepared, int index)
    {
        var isLast = !_steps.Skip(index + 1).Any(next => next.Step.Adopts);
        _journal.Adopt(prepared.Step, isLast ? _adoption : null, DefinitionsAfter(index));
        _run.Progress.Executed(index, statements: 0, TimeSpan.Zero, StepData.None);
        _run.Progress.Identified(index, StepDigest.Of(prepared.Step, prepared.Script));
    }

    /// <summary>What has changed in the schema, after the last step; <see langword="null"/> after any other.</summary>
    private string? DefinitionsAfter(int index) =>
        index < _last ? null
        : _definitions is null ? DefinitionRecord.Unknown
        : _transaction.ReadDefinitions() is { } after
            ? _definitions.Describe(after, _adoption?.Objects ?? [])
        : DefinitionRecord.Unknown;

    private void Announce(PlanStep step, MigrationScript script)
    {
        if (_run.Consent == Consent.NotGiven)
        {
            _run.Observer.StepTried(step.Id, step.Direction, script.Sql);
        }
        else
        {
            _run.Observer.StepStarting(step.Id, step.Direction, script.Sql);
        }
    }

    private MigrationScript Evaluate(PlanStep step) => StepScript.Of(step, _transaction, _compiler);

    private StepScope ScopeOf(PlanStep step, MigrationScript script) =>
        new(step.Id, step.Direction, ArchivingRun(step), _run.Settings.KeepRows)
        {
            CommitsEachStatement = !step.RunsInTransaction,
            RevertedSql = () =>
                step.JournalId is { } applied ? _transaction.ReadJournalSql(applied).UpSql : null,
            IsUnchanged = () => IsUnchanged(step, script),
        };

    /// <summary>Whether an Up does again, from its beginning, what the last Down of its migration reverted.</summary>
    private bool IsUnchanged(PlanStep step, MigrationScript script) =>
        step.Settles is null
        && !script.RunsCode
        && _transaction.ReadJournalState().Reverted.TryGetValue(step.Id.Version, out var reverted)
        && (
            reverted.Checksum is { } checksum
                ? script.IsRecordedAs(checksum)
                : _transaction.ReadJournalSql(reverted.Id).UpSql == script.Sql
        );

    /// <summary>What the two halves of an interrupted Down archive belongs together.</summary>
    private string ArchivingRun(PlanStep step) =>
        step.Settles is { } begun && begun.Direction == step.Direction
            ? begun.RunId
            : _run.Progress.RunId;

    /// <summary>Names all that is in the way: SQLite stops at the first.</summary>
    private RefusedException CollisionOf(PlanStep step, StatementException failure) =>
        Collision.Of(
            _transaction.Translate(session =>
                Obstacles.Of(session, _steps.Select(prepared => prepared.Statements))
            ),
            _steps,
            OtherHistories.Read(_transaction),
            StepFailure.Excerpt(failure.Sql)
        ) ?? StepFailure.OfCollision(step, failure);

    private void Execute(PreparedStep prepared)
    {
        var step = prepared.Step;
        var number = 0;
        foreach (var operation in prepared.Statements.Operations)
        {
            number++;
            try
            {
                _transaction.Execute(operation);
            }
            catch (StatementException e)
                when (step.Direction == Direction.Up && _transaction.IsObstructed(e))
            {
                throw CollisionOf(step, e);
            }
            catch (StatementException e)
            {
                throw StepFailure.Of(step, operation, number, e);
            }
        }
    }
}
