using Nitejar.Migrations.Engine.Backups;

namespace Nitejar.Migrations.Cli.Configuration;

/// <summary>What a command works with, after options, environment variables and migrations.json were weighed.</summary>
/// <param name="Target">The database.</param>
/// <param name="Environment">The chosen environment of migrations.json; <see langword="null"/> without one.</param>
/// <param name="LockTimeout">How long to wait for the lock.</param>
/// <param name="StatementTimeout">How long one statement or read may take; <see langword="null"/> for ever.</param>
/// <param name="Receipt">Where a run leaves its receipt; <see langword="null"/> for nowhere.</param>
/// <param name="AllowDown">Whether this environment may revert at all.</param>
/// <param name="BacksUpRuns">Whether a run that can lose data takes a backup first.</param>
/// <param name="Backups">Where backups go, and how many stay.</param>
/// <param name="Warnings">Sentences for a person.</param>
internal sealed record Settings(
    ConnectionTarget Target,
    string? Environment,
    TimeSpan LockTimeout,
    TimeSpan? StatementTimeout,
    ReceiptLocation? Receipt,
    bool AllowDown,
    bool BacksUpRuns,
    BackupSettings Backups,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>Long enough for another deploy to finish, short enough for a deploy not to hang.</summary>
    public static readonly TimeSpan DefaultLockTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for a database that does not answer; zero not at all.</summary>
    public TimeSpan Wait { get; init; }
}

/// <summary>Where a receipt goes: one file that is replaced each time, or a folder that collects them.</summary>
/// <param name="Path">The path.</param>
/// <param name="IsFolder">Whether the path is the folder.</param>
internal sealed record ReceiptLocation(string Path, bool IsFolder);
