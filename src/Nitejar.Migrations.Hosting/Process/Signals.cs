using System.Diagnostics;
using System.Runtime.InteropServices;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;

namespace Nitejar.Migrations.Hosting.Process;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP into a cancellation, so that the run is rolled back before the program ends, and ends the
/// program where the run does not come back soon. A commit is never cut short. They stay caught until the program's
/// end: one that came after the commit would otherwise kill it with an exit code that denies the commit.
/// </summary>
internal sealed class Signals : ICommitGate, IDisposable
{
    /// <summary>How long a run has to come back. With the time for the report, less than the two seconds that are promised.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);

    private static readonly TimeSpan ReportTime = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private static readonly PosixSignal[] Heard =
    [
        PosixSignal.SIGINT,
        PosixSignal.SIGTERM,
        PosixSignal.SIGHUP,
    ];

    /// <summary>What nobody refers to would be collected, and end.</summary>
    private static readonly List<PosixSignalRegistration> Registrations = [];

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Action<InterruptedException> _onGivingUp;
    private Phase _phase;
    private PosixSignal? _received;
    private ExitCode _outcome;
    private bool _hasCommitted;

    /// <param name="onGivingUp">Reports before the program ends itself; gets little time.</param>
    public Signals(Action<InterruptedException> onGivingUp)
    {
        _onGivingUp = onGivingUp;
        foreach (var signal in Heard)
        {
            Registrations.Add(PosixSignalRegistration.Create(signal, Receive));
        }
    }

    private enum Phase
    {
        /// <summary>Nothing is committed; a signal undoes the run.</summary>
        Running,

        /// <summary>A person is asked, or something is only read.</summary>
        NothingToUndo,

        /// <summary>The run ends as the commit ends.</summary>
        Committing,

        /// <summary>The run has ended; what is left is to report it.</summary>
        Reporting,

        /// <summary>Nobody cares for signals any more, or the program is about to end itself.</summary>
        Over,
    }

    /// <summary>Cancelled by the first signal; further ones change nothing.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>The failure that says which signal it was.</summary>
    public InterruptedException ToFailure() =>
        _received == PosixSignal.SIGINT ? new("SIGINT", ExitCode.Interrupted)
        : _received == PosixSignal.SIGTERM ? new("SIGTERM", ExitCode.Terminated)
        : _received == PosixSignal.SIGHUP ? new("SIGHUP", ExitCode.HungUp)
        : throw new InvalidOperationException("No signal has come.");

    /// <inheritdoc />
    public void Committing()
    {
        lock (_lock)
        {
            _cancellation.Token.ThrowIfCancellationRequested();
            Enter(Phase.Committing);
        }
    }

    /// <inheritdoc />
    public void CommitFailed() => Enter(Phase.Running);

    /// <inheritdoc />
    public void PartCommitted()
    {
        lock (_lock)
        {
            _hasCommitted = true;
            Enter(Phase.Running);
        }
    }

    /// <summary>Asks a person, or does something else that leaves nothing to undo; a signal meanwhile ends the program at once.</summary>
    public T WithNothingToUndo<T>(Func<T> work)
    {
        Enter(Phase.NothingToUndo);
        var result = work();
        Enter(Phase.Running);
        return result;
    }

    /// <summary>Begins another run, nothing of which is committed. A signal that has come lets it not begin.</summary>
    /// <returns>Whether it may begin.</returns>
    public bool TryBeginNext()
    {
        lock (_lock)
        {
            _hasCommitted = false;
            Enter(Phase.Running);
            return _received is null;
        }
    }

    /// <summary>The run has ended with this code, which no signal changes any more.</summary>
    public void RunEnded(ExitCode code)
    {
        lock (_lock)
        {
            Enter(Phase.Reporting);
            _outcome = code;
        }
    }

    /// <summary>From here on signals change nothing.</summary>
    public void Dispose() => Enter(Phase.Over);

    /// <summary>Where the program is about to end itself there is no next phase: what comes here waits for that end.</summary>
    private void Enter(Phase phase)
    {
        lock (_lock)
        {
            _phase = phase;
        }
    }

    private void Receive(PosixSignalContext signal)
    {
        signal.Cancel = true;
        lock (_lock)
        {
            if (_received is not null || _phase == Phase.Over)
            {
                return;
            }

            _received = signal.Signal;
        }

        _cancellation.Cancel();
        WatchOver();
    }

    /// <summary>Waits until the program ends by itself, or ends it. The runtime calls back on a thread of its own.</summary>
    private void WatchOver()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            lock (_lock)
            {
                if (_phase == Phase.Over)
                {
                    return;
                }

                if (_phase == Phase.Committing)
                {
                    clock.Restart();
                }

                if (_phase == Phase.NothingToUndo || clock.Elapsed >= Patience)
                {
                    // With the lock held for good, nobody gets past the next change of phase.
                    GiveUp();
                }
            }

            // This thread has nothing else to do, and no event tells of a phase that does not end.
            Thread.Sleep(Poll);
        }
    }

    private void GiveUp()
    {
        if (_phase == Phase.Reporting)
        {
            ProcessExit.Now(_outcome);
        }

        var failure = ToFailure();
        var report = new Thread(() =>
            _onGivingUp(
                _phase == Phase.NothingToUndo
                    ? failure
                    : failure.WithoutReturn(Patience, _hasCommitted)
            )
        )
        {
            IsBackground = true,
        };
        report.Start();
        report.Join(ReportTime);
        ProcessExit.Now(failure.ExitCode);
    }
}
