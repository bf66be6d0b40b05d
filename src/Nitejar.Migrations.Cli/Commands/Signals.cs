using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary>Turns SIGINT and SIGTERM into a cancellation, so that the run is rolled back before the program ends.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _registrations;
    private PosixSignal _received = PosixSignal.SIGINT;

    public Signals() =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive),
        ];

    /// <summary>Cancelled by the first signal; further ones change nothing.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>The failure that says which signal it was.</summary>
    public InterruptedException ToFailure() =>
        _received == PosixSignal.SIGTERM
            ? new InterruptedException("SIGTERM", ExitCode.Terminated)
            : new InterruptedException("SIGINT", ExitCode.Interrupted);

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _cancellation.Dispose();
    }

    private void Receive(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (!_cancellation.IsCancellationRequested)
        {
            _received = signal.Signal;
            _cancellation.Cancel();
        }
    }
}
