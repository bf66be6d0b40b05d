using System.Diagnostics;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.History.Definitions;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Preparing.Obstructions;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Transactions;
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
        if (
            _transaction.EngineWithoutRollback is { } engine
            && _run.Settings.KeepRows
            && prepared.Downs.Any()
        )
        {
            throw EngineLimits.OfKeptRows(engine);
        }

        if (_run.Consent.AllowsUntried)
        {
            return;
        }

        checks.RequireTriable(prepared);
        TrialRules.RequireTriable(prepared);
    }

    /// <summary>The command that does the same without a question.</summary>
    public required string UnaskedCommand { get; init; }

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

        _transaction.TakeLocks(PreparedPlan.InTransactions(_steps.Take(_last + 1)));
        var steps = new StepRun(_transaction, _run, _compiler, _steps)
        {
            Journal = _journal,
            Identity = _identity,
        };
        for (var index = 0; index <= _last; index++)
        {
            try
            {
                if (_steps[index].Step.Adopts)
                {
                    Adopt(_steps[index], index);
                }
                else
                {
                    Execute(steps, index);
                }
            }
            catch
            {
                _run.Progress.Failed(index);
                throw;
            }
        }
    }

    private void Execute(StepRun steps, int index)
    {
        var step = _steps[index].Step;
        var entry = _journal.NewEntry(step);
        var clock = Stopwatch.StartNew();
        var executed = steps.Execute(index);
        var statements = executed.Prepared.Statements.Operations.Count;
        _journal.End(
            step,
            entry with
            {
                Duration = clock.Elapsed,
                Statement = step.RunsInTransaction ? null : statements,
            },
            executed.Prepared.Script,
            DefinitionsAfter(index)
        );
        _run.Progress.Executed(index, statements, clock.Elapsed, executed.Data);
        _run.Progress.Identified(index, executed.Digest);
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

    private MigrationScript Evaluate(PlanStep step) => StepScript.Of(step, _transaction, _compiler);
}
