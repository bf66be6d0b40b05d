using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>The outcome of a planned step.</summary>
public enum StepState
{
    /// <summary>Never begun, since an earlier step or check failed.</summary>
    NotRun,

    /// <summary>Its Up is committed.</summary>
    Applied,

    /// <summary>Its objects were there already; that it is applied is recorded.</summary>
    Adopted,

    /// <summary>Its Down is committed.</summary>
    Reverted,

    /// <summary>Executed, and undone with the run.</summary>
    Undone,

    /// <summary>The step that failed.</summary>
    Failed,
}

/// <summary>A planned step and its outcome.</summary>
/// <param name="Id">Which migration.</param>
/// <param name="Direction">Which way.</param>
/// <param name="State">Its outcome.</param>
/// <param name="Statements">How many statements were executed; code counts as one.</param>
/// <param name="Duration">How long they took; zero when it was not run.</param>
/// <param name="Data">What it has moved into the archive or out of it.</param>
/// <param name="Digest">What it executed; <see langword="null"/> where it did not come to its end.</param>
public sealed record StepResult(
    MigrationId Id,
    Direction Direction,
    StepState State,
    int Statements,
    TimeSpan Duration,
    StepData Data,
    StepDigest? Digest = null
)
{
    /// <summary>Whether it only records a migration whose objects are there already.</summary>
    public bool Adopts { get; init; }
}

/// <summary>The outcome of a run.</summary>
/// <param name="RunId">As in the journal.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From the first look at the database to the end.</param>
/// <param name="Steps">Every planned step; empty when nothing was to do or no plan could be made.</param>
/// <param name="Warnings">Sentences for a person.</param>
/// <param name="Failure">Why it did not succeed; <see langword="null"/> when it did.</param>
/// <param name="PartialState">What of a failed run stays, in a sentence; <see langword="null"/> when the database is as before.</param>
/// <param name="Backup">The backup that was taken before the run; <see langword="null"/> for none.</param>
public sealed record RunResult(
    string RunId,
    DateTime StartedAt,
    TimeSpan Duration,
    IReadOnlyList<StepResult> Steps,
    IReadOnlyList<string> Warnings,
    Exception? Failure,
    string? PartialState = null,
    string? Backup = null
)
{
    /// <summary>What was committed together.</summary>
    public CommitUnit CommitUnit { get; init; }

    /// <summary>The applied migrations whose changed SQL is recorded now, also where no step was run.</summary>
    public IReadOnlyList<MigrationId> Accepted { get; init; } = [];

    /// <summary>In what adopted objects are not as the migrations make them, or why they are not adopted.</summary>
    public IReadOnlyList<ContainmentPoint> AdoptionPoints { get; init; } = [];

    /// <summary>The plan as far as it was executed, whether that lasts or not; <see langword="null"/> where nothing was.</summary>
    public Fingerprint? Plan =>
        Fingerprint.Of(Steps.Select(step => step.Digest)) is { Steps.Count: > 0 } executed
            ? executed
            : null;
}
