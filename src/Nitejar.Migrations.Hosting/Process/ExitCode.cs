using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Hosting.Process;

/// <summary>What a script can tell from the way the program ended. The numbers are a contract.</summary>
internal enum ExitCode
{
    /// <summary>Done, or nothing to do.</summary>
    Success = 0,

    /// <summary>A migration failed; the database is as before the run.</summary>
    MigrationFailed = 1,

    /// <summary>The command line or the configuration is wrong; nothing was touched.</summary>
    Usage = 2,

    /// <summary><c>status --check</c> found pending migrations.</summary>
    Pending = 3,

    /// <summary>A check failed; nothing was changed.</summary>
    CheckFailed = 4,

    /// <summary>The lock was not obtained in time; nothing was changed.</summary>
    LockTimeout = 5,

    /// <summary>Someone has to decide first; nothing was changed.</summary>
    Refused = 6,

    /// <summary>The database cannot be reached, read or written, or is none; nothing was changed.</summary>
    Unavailable = 7,

    /// <summary>Of several targets some failed; each is as its own code says.</summary>
    TargetsFailed = 8,

    /// <summary>Interrupted by SIGHUP, as when a terminal or a connection to it is closed; the database is as before the run.</summary>
    HungUp = 129,

    /// <summary>Interrupted by SIGINT; the database is as before the run.</summary>
    Interrupted = 130,

    /// <summary>Interrupted by SIGTERM; the database is as before the run.</summary>
    Terminated = 143,
}

/// <summary>The one table from failures to exit codes.</summary>
internal static class ExitCodes
{
    public static ExitCode Of(Exception failure) =>
        failure switch
        {
            MigrationFailedException => ExitCode.MigrationFailed,
            TargetsFailedException => ExitCode.TargetsFailed,
            InvalidRequestException => ExitCode.Usage,
            CheckFailedException => ExitCode.CheckFailed,
            LockTimeoutException => ExitCode.LockTimeout,
            RefusedException => ExitCode.Refused,
            DatabaseUnavailableException => ExitCode.Unavailable,
            InterruptedException interrupted => interrupted.ExitCode,
            // What was not foreseen is a defect, during which a run was rolled back like any other that failed.
            _ => ExitCode.MigrationFailed,
        };

    /// <summary>The state in which that leaves the database, in words.</summary>
    public static string StateOf(ExitCode code) =>
        code switch
        {
            ExitCode.MigrationFailed
            or ExitCode.HungUp
            or ExitCode.Interrupted
            or ExitCode.Terminated => "The database is as before the run.",
            ExitCode.Usage => "No database was touched.",
            ExitCode.TargetsFailed => "Each is as its own error says.",
            ExitCode.Success
            or ExitCode.Pending
            or ExitCode.CheckFailed
            or ExitCode.LockTimeout
            or ExitCode.Refused
            or ExitCode.Unavailable => "The database was not changed.",
            _ => throw new ArgumentOutOfRangeException(nameof(code)),
        };
}
