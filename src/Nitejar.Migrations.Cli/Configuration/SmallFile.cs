using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Cli.Configuration;

/// <summary>Reads a file that somebody named, and no more of it than makes sense: it could be a device.</summary>
internal static class SmallFile
{
    /// <summary>What it is instead of a file, where reading it could wait for ever.</summary>
    private static string? NoFile(string path) =>
        FileStatus.Of(path)?.Kind switch
        {
            FileKind.Pipe when !IsDescriptor(path) => "a named pipe",
            FileKind.CharacterDevice or FileKind.BlockDevice => "a device",
            FileKind.Socket => "a socket",
            FileKind.Folder => "a folder",
            _ => null,
        };

    /// <summary>A pipe that whoever started the program has opened for it: <c>/dev/stdin</c>, or a shell's <c>&lt;(...)</c>.</summary>
    private static bool IsDescriptor(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal)
        || path.StartsWith("/proc/", StringComparison.Ordinal);

    /// <summary>Reads it whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is, for errors.</param>
    /// <param name="option">The option that named it, for errors.</param>
    /// <param name="largest">In KiB.</param>
    /// <exception cref="InvalidRequestException">It cannot be read, or is larger.</exception>
    public static byte[] Read(string path, string what, string option, int largest)
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
}
