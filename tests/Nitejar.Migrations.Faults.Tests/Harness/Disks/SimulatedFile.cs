namespace Nitejar.Migrations.Faults.Tests.Harness.Disks;

/// <summary>The content of a file: what outlasts a power cut for certain, and what may.</summary>
internal sealed class SimulatedFile(byte[] flushed)
{
    /// <summary>What a disk writes whole or not at all, in bytes.</summary>
    private const int Sector = 512;

    private readonly List<DiskCall> _changes = [];
    private byte[] _flushed = flushed;

    public void Change(DiskCall change) => _changes.Add(change);

    public void Flush()
    {
        _flushed = With(_changes);
        _changes.Clear();
    }

    /// <summary>What is there after a power cut.</summary>
    /// <param name="survives">Asked of each sector that was written, and of each change of the length.</param>
    public byte[] AfterCut(Func<bool> survives) =>
        With(_changes.SelectMany(Parts).Where(_ => survives()));

    private byte[] With(IEnumerable<DiskCall> changes)
    {
        var content = _flushed.AsSpan().ToArray();
        foreach (var change in changes)
        {
            switch (change)
            {
                case DiskCall.Resized resized:
                    Array.Resize(ref content, (int)resized.Length);
                    break;
                case DiskCall.Written written:
                    var end = (int)written.Offset + written.Bytes.Length;
                    Array.Resize(ref content, Math.Max(content.Length, end));
                    written.Bytes.CopyTo(content, written.Offset);
                    break;
                default:
                    throw new InvalidOperationException($"{change} changes no content");
            }
        }

        return content;
    }

    private static IEnumerable<DiskCall> Parts(DiskCall change)
    {
        if (change is not DiskCall.Written written)
        {
            return [change];
        }

        var parts = new List<DiskCall>();
        for (var from = 0; from < written.Bytes.Length; )
        {
            var offset = written.Offset + from;
            var to = Math.Min(written.Bytes.Length, from + Sector - (int)(offset % Sector));
            parts.Add(new DiskCall.Written(written.Path, offset, written.Bytes[from..to]));
            from = to;
        }

        return parts;
    }
}
