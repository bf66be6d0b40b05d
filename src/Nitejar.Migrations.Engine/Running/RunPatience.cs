using System.Diagnostics;
using Nitejar.Migrations.Engine.Databases.Sessions;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>
/// How long a run begins again when another session is in its way. Between two attempts it holds no lock of a table, so
/// that others, who would queue behind a statement that waits, come through.
/// </summary>
/// <param name="database">What people call the database.</param>
/// <param name="run">The run.</param>
/// <param name="cancellation">Ends the wait.</param>
internal sealed class RunPatience(string database, RunContext run, CancellationToken cancellation)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Begins with the first table that is busy: how long the run took until then does not count.</summary>
    private readonly Stopwatch _waiting = new();
    private TimeSpan _pause = TimeSpan.FromSeconds(0.3);
    private bool _isAnnounced;

    /// <summary>Waits before the next attempt.</summary>
    /// <exception cref="LockTimeoutException">The time is up.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Wait(BusyTableException busy)
    {
        _waiting.Start();
        var left = run.Settings.LockTimeout - _waiting.Elapsed;
        if (left <= TimeSpan.Zero)
        {
            throw busy.ToLockTimeout(database);
        }

        if (!_isAnnounced)
        {
            _isAnnounced = true;
            run.Observer.LockWait(DateTime.UtcNow + left, busy.Holder);
        }

        // Two runs that are in each other's way must not meet again.
        var pause = _pause * (0.5 + Random.Shared.NextDouble());
        cancellation.WaitHandle.WaitOne(pause < left ? pause : left);
        cancellation.ThrowIfCancellationRequested();
        _pause = _pause * 2 < Longest ? _pause * 2 : Longest;
    }
}
