using System.Diagnostics;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Trust.Adopting;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>Keeps count of the outcome of each step during a run.</summary>
internal sealed class RunProgress
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private StepResult[] _steps = [];
    private int _committed;
    private string? _interruption;
    private IReadOnlyList<string> _planWarnings = [];
    private readonly List<string> _warnings = [];
    private BackupResult? _backup;
    private CommitUnit _unit;
    private MigrationId[] _accepted = [];
    private IReadOnlyList<ContainmentPoint> _adoptionNotes = [];

    public string RunId { get; } = UniqueId.New().ToString();

    public DateTime StartedAt { get; } = DateTime.UtcNow;

    /// <summary>What is planned from here on; what was committed before stays.</summary>
    public void Plan(MigrationPlan plan)
    {
        _planWarnings = plan.Warnings;
        _unit = plan.CommitUnit;
        _adoptionNotes = _committed == 0 ? plan.AdoptionNotes : _adoptionNotes;
        _steps =
        [
            .. _steps.Take(_committed),
            .. plan.Steps.Select(step => new StepResult(
                step.Id,
                step.Direction,
                StepState.NotRun,
                Statements: 0,
                TimeSpan.Zero,
                StepData.None
            )
            {
                Adopts = step.Adopts,
            }),
        ];
    }

    /// <summary>How many steps last, whatever becomes of the others.</summary>
    public int CommittedSteps => _committed;

    /// <summary>The changed SQL of these applied migrations is recorded, if the run is committed.</summary>
    public void Accepted(IEnumerable<MigrationId> migrations) =>
        _accepted = [.. _accepted.Union(migrations)];

    public void BackedUp(BackupResult? backup) => _backup = backup;

    public void Warn(IEnumerable<string> sentences) => _warnings.AddRange(sentences);

    /// <summary>A step of the plan was executed.</summary>
    public void Executed(int index, int statements, TimeSpan duration, StepData data)
    {
        ref var step = ref _steps[_committed + index];
        step = step with
        {
            State = StepState.Undone,
            Statements = statements,
            Duration = duration,
            Data = data,
        };
    }

    /// <summary>What a step of the plan was that was executed.</summary>
    public void Identified(int index, StepDigest digest)
    {
        ref var step = ref _steps[_committed + index];
        step = step with { Digest = digest };
    }

    /// <summary>So many statements of a migration without a transaction are committed.</summary>
    public void Singly(MigrationId migration, int executed, int all) =>
        _interruption =
            $"{migration} runs without a transaction and was interrupted after {executed} of {Count.Of(all, "statement")}; `status` names it.";

    /// <summary>A step of the plan failed.</summary>
    public void Failed(int index)
    {
        ref var step = ref _steps[_committed + index];
        step = step with { State = StepState.Failed };
    }

    /// <summary>So many steps of the plan are committed.</summary>
    public void Committed(int steps)
    {
        _interruption = null;
        foreach (ref var step in _steps.AsSpan(_committed, steps))
        {
            step = step with { State = Done(step) };
        }

        _committed += steps;
    }

    public RunResult ToResult(Exception? failure) =>
        new(
            RunId,
            StartedAt,
            _clock.Elapsed,
            _steps,
            [.. _planWarnings.Concat(_warnings).Distinct()],
            failure,
            failure is null ? null : PartialState,
            _backup?.Path
        )
        {
            CommitUnit = _unit,
            Accepted = failure is null ? _accepted : [],
            AdoptionPoints = (failure as AdoptionRefusedException)?.Points ?? _adoptionNotes,
        };

    private static StepState Done(StepResult step) =>
        step switch
        {
            { Adopts: true } => StepState.Adopted,
            { Direction: Direction.Up } => StepState.Applied,
            { Direction: Direction.Down } => StepState.Reverted,
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };

    /// <summary>What was executed, in order; without steps where nothing was.</summary>
    public Fingerprint Fingerprint => Fingerprint.Of(_steps.Select(step => step.Digest));

    /// <summary>What of the run stays if it fails now; <see langword="null"/> for nothing.</summary>
    public string? PartialState =>
        (_committed, _interruption) switch
        {
            (0, null) => null,
            (0, _) => _interruption,
            (_, null) => $"{Count.Of(_committed, "step")} of this run had been committed before.",
            _ =>
                $"{Count.Of(_committed, "step")} of this run had been committed before. {_interruption}",
        };
}
