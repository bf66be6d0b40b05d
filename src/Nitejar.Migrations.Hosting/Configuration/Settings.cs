using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>What a command works with, after options, environment variables and migrations.json were weighed.</summary>
/// <param name="Database">The database.</param>
/// <param name="Environment">The chosen environment of migrations.json; <see langword="null"/> without one.</param>
/// <param name="LockTimeout">How long to wait for the lock.</param>
/// <param name="StatementTimeout">How long one statement or read may take; <see langword="null"/> for ever.</param>
/// <param name="Receipt">Where a run leaves its receipt; <see langword="null"/> for nowhere.</param>
/// <param name="GuardedBy">The environment that names the database and does not allow it to be reverted; <see langword="null"/> for none.</param>
/// <param name="BacksUpRuns">Whether a run that can lose data takes a backup first.</param>
/// <param name="Backups">Where backups go, and how many stay.</param>
/// <param name="Warnings">Sentences for a person.</param>
internal sealed record Settings(
    IDatabase Database,
    string? Environment,
    TimeSpan LockTimeout,
    TimeSpan? StatementTimeout,
    ReceiptLocation? Receipt,
    string? GuardedBy,
    bool BacksUpRuns,
    BackupSettings Backups,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>Long enough for another deploy to finish, short enough for a deploy not to hang.</summary>
    public static readonly TimeSpan DefaultLockTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Chooses among pending migrations with tags; empty for none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What named the connection, as the end of a sentence; <see langword="null"/> for the default.</summary>
    public string? ConnectionSource { get; init; }

    /// <summary>Which source of the connection counts where several are set; <see langword="null"/> where one is.</summary>
    public string? Note { get; init; }

    /// <summary>How long a statement waits for a table before the run begins again; <see langword="null"/> for the usual time.</summary>
    public TimeSpan? DdlLockTimeout { get; init; }

    /// <summary>What <c>up</c> and <c>down</c> commit together.</summary>
    public CommitUnit Transaction { get; init; }

    /// <summary>How long to wait for a database that does not answer; zero not at all.</summary>
    public TimeSpan Wait { get; init; }
}

/// <summary>Where a receipt goes: one file that is replaced each time, or a folder that collects them.</summary>
/// <param name="Path">The path.</param>
/// <param name="IsFolder">Whether the path is the folder.</param>
internal sealed record ReceiptLocation(string Path, bool IsFolder);
