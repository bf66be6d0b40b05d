using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Hosting.Configuration.Values;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output.Notes;

/// <summary>Tells on stderr what the program waits for, and until when.</summary>
internal sealed class WaitNotes(Terminal terminal)
{
    /// <summary>Most pipes are written by then.</summary>
    private static readonly TimeSpan SlowPipe = TimeSpan.FromSeconds(1);

    /// <summary>For the holder of the lock.</summary>
    public void LockWait(IDatabase database, DateTime until, string? holder) =>
        terminal.Note(
            $"waiting for the lock on {database.Name}, until {Words.Of(until)} UTC (--lock-timeout)"
                + (holder is null ? "" : $"; {holder} holds it")
        );

    /// <summary>For a database that does not answer.</summary>
    public void AnswerWait(IDatabase database, DateTime until) =>
        terminal.Note(
            $"waiting for {database.Name} to answer, until {Words.Of(until)} UTC (--wait)"
        );

    /// <summary>For the writer of a pipe that is to be read, unless it has been read soon.</summary>
    /// <param name="files">What is to be read; <see langword="null"/> for nothing.</param>
    /// <returns>To be disposed when it has been read; <see langword="null"/> where none is a pipe.</returns>
    public IDisposable? PipeWait(IEnumerable<string?> files)
    {
        if (
            files.FirstOrDefault(file => file is not null && SmallFile.IsPipe(file)) is not { } pipe
        )
        {
            return null;
        }

        var until = DateTime.UtcNow + SmallFile.DefaultPatience;
        return new Timer(
            _ =>
                terminal.Note(
                    $"waiting for the program that writes {pipe} to end, until {Words.Of(until)} UTC"
                ),
            state: null,
            SlowPipe,
            Timeout.InfiniteTimeSpan
        );
    }
}
