using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>
/// A database file that does not exist yet. It is filled under a private name and gets its own only when it is
/// complete, so that an interrupted or failed first run leaves no empty or half-made database behind.
/// </summary>
internal sealed class NewDatabaseFile : IDisposable
{
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
        SqliteFile.RequireFolderOf(target);
        SqliteFile.RequireNoLeftOverJournal(target);
        var created = new NewDatabaseFile(target);

        // The longest name that is used: where it is too long for the file system, the run is not to find out at its end.
        SqliteFile.RequireAbsent(created.Path + "-journal");
        return created;
    }

    /// <summary>Gives the complete and closed database its own name, for good.</summary>
    /// <exception cref="DatabaseCreatedElsewhereException">Somebody else created it first.</exception>
    /// <exception cref="IOException">The file system refused.</exception>
    public void Publish()
    {
        if (!FinalName.TryGive(Path, _target))
        {
            throw new DatabaseCreatedElsewhereException();
        }
    }

    /// <summary>Removes what was not published.</summary>
    public void Dispose()
    {
        LeftOver.Remove(Path);
        LeftOver.Remove(Path + "-journal");
    }
}
