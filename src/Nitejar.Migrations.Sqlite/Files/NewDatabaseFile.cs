using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Sqlite.Files;

/// <summary>
/// A database file that does not exist yet. It is filled under a private name and gets its own only when it is
/// complete, so that an interrupted or failed first run leaves no empty or half-made database behind.
/// </summary>
internal sealed class NewDatabaseFile : IDisposable
{
    /// <summary>0644, as SQLite makes databases.</summary>
    private const UnixFileMode Mode =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.OtherRead;

    private readonly string _target;
    private readonly string _name;

    private NewDatabaseFile(string target, string name, NewFile file)
    {
        _target = target;
        _name = name;
        File = file;
    }

    /// <summary>The file under its private name.</summary>
    public NewFile File { get; }

    /// <param name="target">The path of the database.</param>
    /// <param name="name">What people call it.</param>
    /// <exception cref="DatabaseUnavailableException">Its folder is missing or may not be written, or a journal of an older database lies there.</exception>
    public static NewDatabaseFile For(string target, string name)
    {
        SqlitePath.RequireFolderOf(target);
        SqliteFile.RequireNoLeftOverJournal(target);

        // The longest name that is used: where it is too long for the file system, the run is not to find out at its end.
        SqlitePath.RequireAbsent(TemporaryName.Beside(target) + "-journal");
        try
        {
            return new NewDatabaseFile(target, name, NewFile.Beside(target, Mode));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException(
                $"{name} cannot be created: {(e is IOException ? e.Message.TrimEnd('.') : "this user may not write in its folder")}.",
                "Check that the path is right and that this user may write in its folder.",
                e
            )
            {
                MayPass = true,
            };
        }
    }

    /// <summary>Gives the complete and closed database its owner and its own name, for good.</summary>
    /// <exception cref="DatabaseCreatedElsewhereException">Another process created it first.</exception>
    /// <exception cref="DatabaseUnavailableException">The file system refused, or another file has taken the place of this one.</exception>
    public void Publish()
    {
        try
        {
            FileOwner.GiveToFolder(File, _target);
            if (!FinalName.TryGive(File, _target))
            {
                throw new DatabaseCreatedElsewhereException();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException(
                $"{_name} was migrated under a temporary name but could not be given its own: {e.Message}",
                e is ExchangedFileException
                    ? ExchangedFileException.NextStep
                    : "Check the folder's permissions and its file system, and run the command again.",
                e
            );
        }
    }

    /// <summary>Removes what was not published. The connection is closed by then: to close the file would drop its locks.</summary>
    public void Dispose()
    {
        File.Dispose();
        LeftOver.Remove(File.Path + "-journal");
    }
}
