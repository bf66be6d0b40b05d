using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

namespace Nitejar.Migrations.Engine.Trust.Verifying;

/// <summary>What was asked for.</summary>
/// <param name="Rows">How many rows each table gets; <see langword="null"/> for as many as it takes to reach the edges of each type.</param>
public sealed record VerifySettings(long? Rows = null)
{
    /// <summary>Chooses among migrations with tags; empty for those without tags only.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A database with a released schema, which is copied, or for a kind that is not files, SQL that makes the schema; <see langword="null"/> for none.</summary>
    public string? Released { get; init; }

    /// <summary>The last migration that has no Down (<c>ForwardOnlyMigration</c>), and below which nothing is reverted; <see langword="null"/> for none.</summary>
    internal long? LastForwardOnly { get; init; }

    /// <summary>Hears which migration is tried next.</summary>
    public Action<MigrationId> OnMigration { get; init; } = static _ => { };
}

/// <summary>How a check ended.</summary>
public enum VerifyOutcome
{
    /// <summary>Nothing was found.</summary>
    Passed,

    /// <summary>Something was found.</summary>
    Failed,

    /// <summary>It could not be made, since something before it had failed.</summary>
    NotRun,
}

/// <summary>What the migrations do on a scratch database.</summary>
/// <param name="Migrations">Each of them, in the order of their versions.</param>
/// <param name="Whole">Checks of all of them together.</param>
/// <param name="Duration">Of all of it.</param>
public sealed record VerifyReport(
    IReadOnlyList<VerifiedMigration> Migrations,
    IReadOnlyList<VerifiedWhole> Whole,
    TimeSpan Duration
)
{
    /// <summary>Whether everything was checked and nothing found.</summary>
    public bool Passed =>
        Migrations.All(m => m.Outcome == VerifyOutcome.Passed)
        && Whole.All(whole => whole.Outcome == VerifyOutcome.Passed);
}

/// <summary>What was found out about one migration.</summary>
/// <param name="Id">Which migration.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Findings">What was found; empty unless it failed.</param>
/// <param name="Notes">Sentences for a person about what could not be checked, or is allowed.</param>
public sealed record VerifiedMigration(
    MigrationId Id,
    VerifyOutcome Outcome,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<string> Notes
)
{
    /// <summary>How many rows there were, those in what it makes included.</summary>
    public long Rows { get; init; }

    /// <summary>How long its first Up took; zero where it did not come to its end.</summary>
    public TimeSpan Up { get; init; }

    /// <summary>How long its last Down took; zero where it did not come to its end.</summary>
    public TimeSpan Down { get; init; }

    /// <summary>How long its last Up took, with the rows that it restored; zero where it did not come to its end.</summary>
    public TimeSpan UpAgain { get; init; }
}

/// <summary>What was found out about all migrations together.</summary>
/// <param name="Check">What was checked.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Findings">What was found; empty unless it failed.</param>
public sealed record VerifiedWhole(
    VerifyCheck Check,
    VerifyOutcome Outcome,
    IReadOnlyList<Finding> Findings
)
{
    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    internal static VerifiedWhole Of(VerifyCheck check, IReadOnlyList<Finding> findings) =>
        new(check, findings.Count == 0 ? VerifyOutcome.Passed : VerifyOutcome.Failed, findings);

    internal static VerifiedWhole NotRun(VerifyCheck check) => new(check, VerifyOutcome.NotRun, []);
}
