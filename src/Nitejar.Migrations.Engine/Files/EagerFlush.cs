namespace Nitejar.Migrations.Engine.Files;

/// <summary>
/// Brings a file to the disk while it is being written, so that little is left to wait for at the end: a thread of its
/// own flushes it again and again.
/// </summary>
/// <param name="file">Open to write; another thread writes it.</param>
internal sealed class EagerFlush(FileStream file)
{
    /// <summary>So much is written between two flushes; less would keep the disk busy with its own administration.</summary>
    private const long Distance = 32 << 20;

    private Task _flush = Task.CompletedTask;
    private long _flushed;

    /// <summary>Says how much is written by now. Does not wait.</summary>
    /// <exception cref="IOException">An earlier flush failed.</exception>
    public void Written(long bytes)
    {
        if (bytes - _flushed >= Distance && _flush.IsCompleted)
        {
            _flush.GetAwaiter().GetResult();
            _flushed = bytes;
            _flush = Task.Run(Flush);
        }
    }

    /// <summary>Flushes what is left.</summary>
    /// <returns>Ends when everything is on the disk, or fails as the disk does.</returns>
    public Task Finish() => _flush = FinishAfter(_flush);

    private async Task FinishAfter(Task earlier)
    {
        await earlier.ConfigureAwait(false);
        await Task.Run(Flush).ConfigureAwait(false);
    }

    private void Flush() => file.Flush(flushToDisk: true);
}
