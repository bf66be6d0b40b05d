namespace Nitejar.Migrations.Cli;

/// <summary>A signal ended the run.</summary>
/// <param name="signal">Its name.</param>
/// <param name="exitCode">128 plus its number.</param>
internal sealed class InterruptedException(string signal, ExitCode exitCode)
    : Exception($"Interrupted by {signal}.")
{
    /// <summary>128 plus the signal's number.</summary>
    public ExitCode ExitCode { get; } = exitCode;
}
