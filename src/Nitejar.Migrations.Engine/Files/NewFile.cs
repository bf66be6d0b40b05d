using Microsoft.Win32.SafeHandles;

namespace Nitejar.Migrations.Engine.Files;

/// <summary>
/// A new file under a temporary name. It is known by its handle and not by that name: the owner of the folder can rename
/// another file or a link over the name at any moment, and may not lead a program of another user elsewhere by it.
/// </summary>
/// <remarks>Only Linux tells which file a handle belongs to; elsewhere the name is relied on.</remarks>
public sealed class NewFile : IDisposable
{
    /// <summary>0600</summary>
    public const UnixFileMode OnlyForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _content;
    private readonly FileStatus? _status;

    private NewFile(string path, FileStreamOptions options)
    {
        Path = path;
        _content = new FileStream(path, options);
        _status = FileStatus.Of(Handle);
    }

    /// <summary>The temporary name: where to find the file if nobody has renamed it.</summary>
    public string Path { get; }

    /// <summary>What is written here is in the file, whatever its name leads to by now.</summary>
    public FileStream Content => _content;

    /// <summary>The one handle that its mode and its name are set by.</summary>
    internal SafeFileHandle Handle => _content.SafeFileHandle;

    /// <summary>Makes an empty file beside the one whose place it is to take. It follows no link.</summary>
    /// <param name="target">The absolute path of that one, which need not exist.</param>
    /// <param name="mode">Its permissions, from which the umask takes some away.</param>
    /// <param name="expectedBytes">Room that is taken at once, so that a full disk is noticed now; the file is empty all the same.</param>
    /// <exception cref="IOException">The file system refused, or the folder is reached by a link that is not to be trusted.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static NewFile Beside(string target, UnixFileMode mode, long expectedBytes = 0)
    {
        ForeignLink.RequireNoneOn(System.IO.Path.GetDirectoryName(target)!);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            PreallocationSize = expectedBytes,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        return new NewFile(TemporaryName.Beside(target), options);
    }

    /// <summary>
    /// Requires that what this process has just opened under the name is this file: one more descriptor than the handle
    /// is open on it.
    /// </summary>
    /// <exception cref="ExchangedFileException">It is another file.</exception>
    internal void RequireOpened()
    {
        if (_status is not null && !Descriptors.AreOn(_status, atLeast: 2))
        {
            throw new ExchangedFileException(Path);
        }
    }

    /// <summary>Requires that the file has this name.</summary>
    /// <exception cref="ExchangedFileException">The name is another file's, a link's or nobody's.</exception>
    internal void RequireAt(string name)
    {
        if (_status is not null && FileStatus.OfLink(name)?.IsSameFile(_status) != true)
        {
            throw new ExchangedFileException(name);
        }
    }

    /// <summary>Closes the file, and removes the temporary name if it still has it.</summary>
    public void Dispose()
    {
        _content.Dispose();
        LeftOver.Remove(Path);
    }
}
