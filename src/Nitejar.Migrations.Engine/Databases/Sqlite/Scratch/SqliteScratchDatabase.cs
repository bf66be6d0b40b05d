using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Scratch;

/// <summary>A file in a temporary folder of its own, which only its owner may enter.</summary>
internal sealed class SqliteScratchDatabase : IScratchDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nitejar-migrate-");

    /// <summary>Makes the folder. The first run makes the file.</summary>
    /// <param name="nameFile">Names the database of a path.</param>
    /// <param name="hasWriteAheadLog">Whether it is in WAL mode.</param>
    public SqliteScratchDatabase(Func<string, IDatabase> nameFile, bool hasWriteAheadLog)
    {
        var path = Path.Combine(_folder.FullName, "scratch.db");
        Database = nameFile(path);
        if (hasWriteAheadLog)
        {
            using (File.Create(path)) { }

            using var connection = SqliteConnections.OpenToWrite(path, path, created: null);
            connection.Execute("PRAGMA journal_mode = WAL");
        }
    }

    /// <inheritdoc />
    public IDatabase Database { get; }

    /// <inheritdoc />
    public IEqualityComparer<string> Names => SqliteNames.Comparer;

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is the system's to clear by now, and what was found out stays true.
        }
    }
}
