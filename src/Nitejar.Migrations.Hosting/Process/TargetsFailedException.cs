using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Hosting.Process;

/// <summary>Some of several targets failed, or all of them.</summary>
/// <param name="message">Which ones.</param>
internal sealed class TargetsFailedException(string message)
    : MigrateException(
        message,
        "Correct what the errors name, and run the command again; what is done is not done twice."
    )
{
    /// <inheritdoc />
    public override ErrorCode? Code => ErrorCode.TargetsFailed;
}
