namespace Nitejar.Migrations.Faults.Tests.Harness.Disks;

/// <summary>What a run asked of the disk, or said, in the order in which it did.</summary>
internal abstract record DiskCall
{
    /// <summary>A file got its first name.</summary>
    public sealed record Created(string Path) : DiskCall;

    /// <summary>Bytes were handed over.</summary>
    public sealed record Written(string Path, long Offset, byte[] Bytes) : DiskCall
    {
        public override string ToString() => $"Written {Path} {Offset}+{Bytes.Length}";
    }

    /// <summary>A file was cut off or prolonged.</summary>
    public sealed record Resized(string Path, long Length) : DiskCall;

    /// <summary>A file got one more name.</summary>
    public sealed record Linked(string Path, string NewPath) : DiskCall;

    /// <summary>A file got another name, in one step.</summary>
    public sealed record Renamed(string Path, string NewPath) : DiskCall;

    /// <summary>A file lost a name.</summary>
    public sealed record Unlinked(string Path) : DiskCall;

    /// <summary>A file or a folder is flushed: what was asked of it before outlasts a power cut.</summary>
    public sealed record Flushed(string Path) : DiskCall;

    /// <summary>Somebody was told something.</summary>
    public sealed record Said(string Text) : DiskCall;
}
