using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Planning;

/// <summary>One migration in one direction.</summary>
/// <param name="Id">Which migration.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Known">The class that makes the SQL; <see langword="null"/> when the SQL comes from the journal.</param>
/// <param name="JournalId">The journal row that holds the SQL; <see langword="null"/> when the class makes it.</param>
/// <param name="RunsInTransaction">Whether the step shares a transaction with its neighbours; else each statement has its own.</param>
internal sealed record PlanStep(
    MigrationId Id,
    Direction Direction,
    KnownMigration? Known,
    long? JournalId,
    bool RunsInTransaction = true
)
{
    /// <summary>The interruption that this step settles; <see langword="null"/> for a step that begins at its beginning.</summary>
    public InterruptedMigration? Settles { get; init; }

    /// <summary>Whether the migration is only recorded, since its objects are there already.</summary>
    public bool Adopts { get; private init; }

    /// <summary>A step that records a migration and executes nothing.</summary>
    public static PlanStep Adopting(KnownMigration known) =>
        new(known.Id, Direction.Up, known, JournalId: null) { Adopts = true };

    /// <summary>A step whose SQL is made by the migration's class.</summary>
    public static PlanStep FromCatalog(KnownMigration known, Direction direction) =>
        new(known.Id, direction, known, JournalId: null, known.RunsInTransaction);

    /// <summary>A Down whose SQL was stored when the migration was applied.</summary>
    public static PlanStep FromJournal(MigrationId id, JournalEntry applied) =>
        new(
            id,
            Direction.Down,
            Known: null,
            applied.Id,
            RunsInTransaction: applied.Statement is null
        );
}

/// <summary>What a request means for one database: the steps, in order.</summary>
/// <param name="Steps">May be empty: nothing to do.</param>
/// <param name="AcceptedChanges">Applied migrations whose changed SQL is recorded again.</param>
/// <param name="Warnings">Sentences for a person; nothing that stops the run.</param>
internal sealed record MigrationPlan(
    IReadOnlyList<PlanStep> Steps,
    IReadOnlyList<KnownMigration> AcceptedChanges,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>The tags of the request, in order, where a pending migration has tags, so that they decide; else empty.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether steps that declare a breaking change may be run, as they may when they were applied before.</summary>
    public bool AllowsBreaking { get; init; } = true;

    /// <summary>What is committed together, as far as its steps allow it.</summary>
    public CommitUnit CommitUnit { get; init; }

    /// <summary>What the adopting steps record; <see langword="null"/> where the request adopts nothing.</summary>
    public Adoption? Adoption { get; init; }

    /// <summary>In what the adopted objects are not as the migrations make them.</summary>
    public IReadOnlyList<ContainmentPoint> AdoptionNotes => Adoption?.Notes ?? [];

    /// <summary>Nothing would be written.</summary>
    public bool IsEmpty => Steps.Count == 0 && AcceptedChanges.Count == 0;

    /// <summary>The last applied migration that the plan leaves as it is; <see langword="null"/> where it reverts all.</summary>
    internal AppliedMigration? LastKept(MigrationHistory history)
    {
        var reverted = Steps.Select(step => step.Id.Version).ToHashSet();
        return history.Applied.LastOrDefault(applied => !reverted.Contains(applied.Version));
    }

    /// <summary>
    /// How many steps are committed together: all up to the first that runs without a transaction, or that one; or only one
    /// where each migration is. An adoption is one thing.
    /// </summary>
    public int StepsOfFirstUnit =>
        Math.Max(
            Math.Min(1, Steps.Count),
            CommitUnit switch
            {
                CommitUnit.Run => Steps.TakeWhile(step => step.RunsInTransaction).Count(),
                CommitUnit.Migration => Steps.TakeWhile(step => step.Adopts).Count(),
                _ => throw new InvalidOperationException("There is no such unit."),
            }
        );
}
