using System.Diagnostics;

namespace Nitejar.Migrations.Engine.Databases.Waits;

/// <summary>The one way to wait for something that others hold: try, say once that it is waited for, pause, try again.</summary>
internal static class Waiting
{
    /// <summary>Tries until an attempt is successful, the time is up, or the wait is cancelled.</summary>
    /// <param name="policy">How to wait.</param>
    /// <param name="attempt">Returns <see langword="null"/> where it was successful.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Exception">The time is up: the error that the reason of the last attempt makes.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <remarks>Not generic: in a native program each kind of result of such a method has code of its own.</remarks>
    public static void Until(
        WaitPolicy policy,
        Func<WaitReason?> attempt,
        CancellationToken cancellation
    )
    {
        var waiting = policy.BeginsWithFailure ? new Stopwatch() : Stopwatch.StartNew();
        var pause = policy.Pause;
        for (var isAnnounced = false; attempt() is { } reason; isAnnounced = true)
        {
            waiting.Start();
            var left = policy.Limit - waiting.Elapsed;
            if (left <= TimeSpan.Zero)
            {
                throw reason.ToFailure();
            }

            if (!isAnnounced)
            {
                policy.OnWait(DateTime.UtcNow + left, reason.FindHolder());
            }

            var next = policy.LongestPause is null ? pause : Varied(pause);
            cancellation.WaitHandle.WaitOne(next < left ? next : left);
            cancellation.ThrowIfCancellationRequested();
            pause = pause * 2 < policy.LongestPause ? pause * 2 : policy.LongestPause ?? pause;
        }
    }

    private static TimeSpan Varied(TimeSpan pause) => pause * (0.5 + Random.Shared.NextDouble());
}
