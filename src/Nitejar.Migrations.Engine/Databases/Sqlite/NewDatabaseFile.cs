using System.Runtime.InteropServices;
using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>
/// A database file that does not exist yet. It is filled under a private name and gets its own only when it is
/// complete, so that an interrupted or failed first run leaves no empty or half-made database behind.
/// </summary>
internal sealed partial class NewDatabaseFile : IDisposable
{
    private const int FileExists = 17; // EEXIST
    private readonly string _target;

    private NewDatabaseFile(string target)
    {
        _target = target;
        Path = TemporaryName.Beside(target);
    }

    /// <summary>The private name.</summary>
    public string Path { get; }

    /// <exception cref="DatabaseUnavailableException">Its folder is missing, or a journal of an older database lies there.</exception>
    public static NewDatabaseFile For(string target)
    {
        if (System.IO.Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
        {
            throw new DatabaseUnavailableException(
                $"The folder {folder} does not exist, so {System.IO.Path.GetFileName(target)} cannot be created in it.",
                "Create the folder or correct the path."
            );
        }

        SqliteFile.RequireNoLeftOverJournal(target);
        return new NewDatabaseFile(target);
    }

    /// <summary>Gives the complete and closed database its own name, for good.</summary>
    /// <exception cref="DatabaseCreatedElsewhereException">Somebody else created it first.</exception>
    /// <exception cref="IOException">The file system refused.</exception>
    public void Publish()
    {
        if (!OperatingSystem.IsWindows() && Link(Path, _target) == 0)
        {
            Remove(Path);
            DurableFolder.Flush(System.IO.Path.GetDirectoryName(_target)!);
            return;
        }

        var linkError = OperatingSystem.IsWindows() ? 0 : Marshal.GetLastPInvokeError();
        if (linkError == FileExists || File.Exists(_target))
        {
            throw new DatabaseCreatedElsewhereException();
        }

        // Windows, and file systems without hard links.
        File.Move(Path, _target, overwrite: false);
    }

    /// <summary>Removes what was not published.</summary>
    public void Dispose()
    {
        Remove(Path);
        Remove(Path + "-journal");
    }

    /// <summary>A left-over does no harm; what became of the run must not depend on it.</summary>
    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays.
        }
    }

    // The class library has no link that fails when the target exists.
    [LibraryImport(
        "libc",
        EntryPoint = "link",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int Link(string existing, string created);
}
