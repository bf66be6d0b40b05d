namespace Nitejar.Migrations.Engine.Planning;

/// <summary>What is asked for; the planner says what that means for one database.</summary>
public abstract record MigrationRequest
{
    /// <summary>What of an <c>up</c> or a <c>down</c> is committed together; everything else is committed as a whole.</summary>
    public CommitUnit CommitUnit { get; init; }

    /// <summary>What is still asked for when so many steps are done.</summary>
    public abstract MigrationRequest After(int steps);
}

/// <summary>Apply pending migrations.</summary>
/// <param name="To">The last version to apply; <see langword="null"/> for all.</param>
/// <param name="Steps">At most so many; <see langword="null"/> for all.</param>
/// <param name="AllowOutOfOrder">Also apply what is older than something that is applied already.</param>
/// <param name="AcceptChanged">Applied versions whose changed SQL is accepted.</param>
/// <param name="Resume">Continue a migration without a transaction that was interrupted.</param>
public sealed record UpRequest(
    long? To = null,
    int? Steps = null,
    bool AllowOutOfOrder = false,
    IReadOnlyList<long>? AcceptChanged = null,
    bool Resume = false
) : MigrationRequest
{
    /// <summary>Chooses among pending migrations with tags; empty for those without tags only.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Also apply migrations that declare a breaking change.</summary>
    public bool AllowBreaking { get; init; }

    /// <summary>Whether migrations whose objects are there already are adopted before.</summary>
    public bool Adopts { get; init; }

    /// <inheritdoc />
    public override MigrationRequest After(int steps) =>
        this with
        {
            Adopts = false,
            Steps = Steps - steps,
            AcceptChanged = null,
        };
}

/// <summary>Record migrations as applied whose objects are there already; nothing is executed.</summary>
public sealed record AdoptRequest : MigrationRequest
{
    /// <exception cref="InvalidOperationException">Always: it runs in one piece.</exception>
    public override MigrationRequest After(int steps) =>
        throw new InvalidOperationException("An adoption has no rest.");
}

/// <summary>Revert applied migrations, the last applied first; without a member set, one.</summary>
/// <param name="To">The version to go back to, which stays applied.</param>
/// <param name="Steps">How many.</param>
/// <param name="All">Every one.</param>
public sealed record DownRequest(long? To = null, int? Steps = null, bool All = false)
    : MigrationRequest
{
    /// <inheritdoc />
    public override MigrationRequest After(int steps) =>
        To is null && !All ? this with { Steps = (Steps ?? 1) - steps } : this;
}

/// <summary>Revert the last applied migrations and apply them again.</summary>
/// <param name="Steps">How many.</param>
public sealed record RedoRequest(int Steps = 1) : MigrationRequest
{
    /// <exception cref="InvalidOperationException">Always: it runs in one piece.</exception>
    public override MigrationRequest After(int steps) =>
        throw new InvalidOperationException("A redo has no rest.");
}
