using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Hosting.Configuration.Values;

/// <summary>Reads a named file, and no more of it than makes sense: it could be a device.</summary>
/// <param name="what">What it is, for errors.</param>
/// <param name="option">The option that named it, for errors.</param>
/// <param name="largest">In KiB.</param>
internal sealed class SmallFile(string what, string option, int largest)
{
    /// <summary>Enough to type a passphrase for the program that writes the pipe, short enough for a deploy not to hang.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(1);

    /// <summary>How long the writer of a pipe may take.</summary>
    public TimeSpan Patience { get; init; } = DefaultPatience;

    /// <summary>Whether reading it means to wait for a writer.</summary>
    public static bool IsPipe(string path) => FileStatus.Of(path)?.Kind == FileKind.Pipe;

    /// <summary>Reads it whole.</summary>
    /// <exception cref="InvalidRequestException">It cannot be read, is larger, or takes too long.</exception>
    public byte[] Read(string path)
    {
        if (NoFile(path) is { } kind)
        {
            throw new InvalidRequestException(
                $"{what} {path} is {kind}, no regular file.",
                $"Name a file with {option}; a pipe can be given as /dev/stdin."
            );
        }

        try
        {
            return IsPipe(path) ? ReadInTime(path) : ReadWhole(path);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or NotSupportedException
            )
        {
            throw new InvalidRequestException(
                $"{what} {path} cannot be read: {e.Message}",
                $"Correct the path of {option} or the file's permissions.",
                e
            );
        }
    }

    /// <summary>What it is instead of a file, where reading it could wait for ever.</summary>
    private static string? NoFile(string path) =>
        FileStatus.Of(path)?.Kind switch
        {
            null or FileKind.Regular or FileKind.Link or FileKind.Other => null,
            FileKind.Pipe when IsDescriptor(path) => null,
            FileKind.Pipe => "a named pipe",
            FileKind.CharacterDevice or FileKind.BlockDevice => "a device",
            FileKind.Socket => "a socket",
            FileKind.Folder => "a folder",
            _ => throw new InvalidOperationException("There is no such kind of file."),
        };

    /// <summary>A pipe that the starting process has opened for it: <c>/dev/stdin</c>, or a shell's <c>&lt;(...)</c>.</summary>
    private static bool IsDescriptor(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal)
        || path.StartsWith("/proc/", StringComparison.Ordinal);

    /// <summary>The thread that waits in vain does not keep the program from ending.</summary>
    private byte[] ReadInTime(string path)
    {
        var read = Task.Run(() => ReadWhole(path));
        return Task.WaitAny([read], Patience) == 0
            ? read.GetAwaiter().GetResult()
            : throw new InvalidRequestException(
                FormattableString.Invariant(
                    $"{what} {path} is a pipe whose writer did not come to an end within {Patience.TotalSeconds:0.###} s."
                ),
                $"Check the program that writes it, or name a file with {option}."
            );
    }

    private byte[] ReadWhole(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var content = new byte[(largest * 1024) + 1];
        var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return length < content.Length
            ? content[..length]
            : throw new InvalidRequestException(
                $"{what} {path} is larger than {largest} KiB.",
                $"Check that {option} names the right file."
            );
    }
}
