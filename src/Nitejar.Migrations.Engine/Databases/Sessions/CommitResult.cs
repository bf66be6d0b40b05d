namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>What is known of a commit.</summary>
internal enum CommitOutcome
{
    /// <summary>It lasts.</summary>
    Committed,

    /// <summary>Nothing has changed.</summary>
    NotCommitted,

    /// <summary>The database was asked to commit and has not answered.</summary>
    Unknown,
}

/// <summary>How a commit ended.</summary>
/// <param name="Outcome">What is known of it.</param>
internal sealed record CommitResult(CommitOutcome Outcome)
{
    /// <summary>A sentence about something that is not as it could be although all is committed; <see langword="null"/> for nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Why it was not committed, or is not known to be; <see langword="null"/> where it was.</summary>
    public Exception? Failure { get; init; }
}
