using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary>
/// Turns SIGINT and SIGTERM into a cancellation, so that the run is rolled back before the program ends. They stay so
/// until its end: a signal that came after the commit would otherwise kill it with an exit code that denies the commit.
/// </summary>
internal sealed class Signals
{
    /// <summary>What nobody refers to would be collected, and end.</summary>
    private static readonly List<PosixSignalRegistration> Registrations = [];

    private PosixSignal _received = PosixSignal.SIGINT;

    public Signals()
    {
        var cancellation = new CancellationTokenSource();
        Token = cancellation.Token;
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            Registrations.Add(
                PosixSignalRegistration.Create(signal, received => Receive(received, cancellation))
            );
        }
    }

    /// <summary>Cancelled by the first signal; further ones change nothing.</summary>
    public CancellationToken Token { get; }

    /// <summary>The failure that says which signal it was.</summary>
    public InterruptedException ToFailure() =>
        _received == PosixSignal.SIGTERM
            ? new InterruptedException("SIGTERM", ExitCode.Terminated)
            : new InterruptedException("SIGINT", ExitCode.Interrupted);

    private void Receive(PosixSignalContext signal, CancellationTokenSource cancellation)
    {
        signal.Cancel = true;
        if (!cancellation.IsCancellationRequested)
        {
            _received = signal.Signal;
            cancellation.Cancel();
        }
    }
}
