using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Hosting.Process;

/// <summary>The one table from failures to what a program can decide by, which is finer than the exit code.</summary>
internal static class ErrorCodes
{
    public static ErrorCode Of(Exception failure) =>
        failure switch
        {
            MigrateException { Code: { } code } => code,
            MigrationFailedException => ErrorCode.MigrationFailed,
            InvalidRequestException => ErrorCode.Usage,
            CheckFailedException => ErrorCode.CheckFailed,
            LockTimeoutException => ErrorCode.Locked,
            RefusedException => ErrorCode.Refused,
            DatabaseUnavailableException => ErrorCode.Unavailable,
            InterruptedException => ErrorCode.Interrupted,
            _ => ErrorCode.Defect,
        };
}
