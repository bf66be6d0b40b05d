using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output.Notes;

/// <summary>
/// Tells on stderr that something is still going on, and how far it is, in a log as well as on a terminal: of what takes less
/// than five seconds nothing, and then ever less often.
/// </summary>
internal sealed class LongWork : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Terminal _terminal;
    private readonly string _what;
    private readonly TimeProvider _clock;
    private readonly Func<string?> _readProgress;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Lock _ending = new();
    private bool _hasEnded;

    /// <param name="terminal">Where to.</param>
    /// <param name="what">What is going on: <c>applying 1_One</c>.</param>
    /// <param name="readProgress">Finds out how far it is, from another thread; <see langword="null"/> where that is not known.</param>
    /// <param name="clock">Tells the time.</param>
    public LongWork(Terminal terminal, string what, Func<string?> readProgress, TimeProvider clock)
    {
        _terminal = terminal;
        _what = what;
        _readProgress = readProgress;
        _clock = clock;
        _start = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Tell(), null, First, Timeout.InfiniteTimeSpan);
    }

    /// <summary>It has ended, and nothing more is told of it.</summary>
    public void Dispose()
    {
        lock (_ending)
        {
            _hasEnded = true;
            _timer.Dispose();
        }
    }

    private void Tell()
    {
        var elapsed = _clock.GetElapsedTime(_start);
        var progress = _readProgress() is { } found ? $", {found}" : "";
        lock (_ending)
        {
            if (!_hasEnded)
            {
                _terminal.Note($"{_what}: {Words.Of(elapsed)} so far{progress}");

                // At twice the time, so that a log of hours stays readable.
                _timer.Change(elapsed < Longest ? elapsed : Longest, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
