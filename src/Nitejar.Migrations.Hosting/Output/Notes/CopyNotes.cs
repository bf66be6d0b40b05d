using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output.Notes;

/// <summary>Tells on stderr how far a long copy is; of one that takes less than a second, nothing.</summary>
internal sealed class CopyNotes(Terminal terminal, string what, TimeProvider clock)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private long? _last;

    /// <summary>Seldom where it goes into a log, often on a terminal.</summary>
    private TimeSpan _wait = Second;

    private bool _hasTold;

    /// <param name="copied">Bytes so far; of a new copy, fewer than before.</param>
    /// <param name="total">Bytes in all.</param>
    public void Progress(long copied, long total)
    {
        _last ??= clock.GetTimestamp();
        var isEnd = copied == total && _hasTold;
        if (total == 0 || (clock.GetElapsedTime(_last.Value) < _wait && !isEnd))
        {
            return;
        }

        _hasTold = !isEnd;

        _last = clock.GetTimestamp();
        _wait = Console.IsErrorRedirected ? 10 * Second : Second;
        var percent = 100 * copied / total;
        terminal.Note($"{what}: {percent} % of {Words.OfBytes(total)}");
    }
}
