using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>The options that every command with a database has, as they stand on the command line.</summary>
/// <param name="Connection"><c>--connection</c>; <see langword="null"/> when absent, as all of these.</param>
/// <param name="ConnectionFile"><c>--connection-file</c>.</param>
/// <param name="ConfigFile"><c>--config</c>.</param>
/// <param name="Environment"><c>--environment</c>.</param>
/// <param name="LockTimeout"><c>--lock-timeout</c>.</param>
/// <param name="StatementTimeout"><c>--timeout</c>.</param>
/// <param name="Wait"><c>--wait</c>.</param>
internal sealed record CommonOptions(
    string? Connection,
    string? ConnectionFile,
    string? ConfigFile,
    string? Environment,
    TimeSpan? LockTimeout,
    TimeSpan? StatementTimeout,
    TimeSpan? Wait = null
)
{
    /// <summary>
    /// Whether a migrations.json that is wrong stops the command even where its connection comes from elsewhere: it may
    /// hold what forbids the command.
    /// </summary>
    public bool NeedsConfiguration { get; init; } = true;

    /// <summary><c>--ddl-lock-timeout</c>; <see langword="null"/> when absent.</summary>
    public TimeSpan? DdlLockTimeout { get; init; }

    /// <summary><c>--transaction</c>; <see langword="null"/> when absent.</summary>
    public CommitUnit? Transaction { get; init; }

    /// <summary><c>--password-command</c>; <see langword="null"/> when absent.</summary>
    public string? PasswordCommand { get; init; }

    /// <summary><c>--engine-untested</c>.</summary>
    public bool AllowsUntestedEngine { get; init; }

    /// <summary><c>--allow-empty-file</c>.</summary>
    public bool AllowsEmptyFile { get; init; }

    /// <summary><c>--tags</c>; empty when absent.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
