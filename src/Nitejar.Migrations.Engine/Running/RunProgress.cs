using System.Diagnostics;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>Keeps count of what has become of each step while a run goes on.</summary>
internal sealed class RunProgress
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private StepResult[] _steps = [];
    private IReadOnlyList<string> _warnings = [];
    private BackupResult? _backup;

    public string RunId { get; } = Guid.CreateVersion7().ToString();

    public DateTime StartedAt { get; } = DateTime.UtcNow;

    public void Plan(MigrationPlan plan)
    {
        _warnings = plan.Warnings;
        _steps =
        [
            .. plan.Steps.Select(step => new StepResult(
                step.Id,
                step.Direction,
                StepState.NotRun,
                Statements: 0,
                TimeSpan.Zero
            )),
        ];
    }

    public void BackedUp(BackupResult? backup) => _backup = backup;

    public void Executed(int index, int statements, TimeSpan duration) =>
        _steps[index] = _steps[index] with
        {
            State = StepState.RolledBack,
            Statements = statements,
            Duration = duration,
        };

    public void Failed(int index) =>
        _steps[index] = _steps[index] with { State = StepState.Failed };

    public void Committed()
    {
        for (var i = 0; i < _steps.Length; i++)
        {
            _steps[i] = _steps[i] with
            {
                State =
                    _steps[i].Direction == Direction.Up ? StepState.Applied : StepState.Reverted,
            };
        }
    }

    public RunResult ToResult(Exception? failure) =>
        new(
            RunId,
            StartedAt,
            _clock.Elapsed,
            _steps,
            [.. _warnings, .. _backup?.Warnings ?? []],
            failure,
            _backup?.Path
        );
}
