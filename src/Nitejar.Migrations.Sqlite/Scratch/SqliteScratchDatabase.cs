using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Sqlite.Backups;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Files;
using Nitejar.Migrations.Sqlite.Schema;

namespace Nitejar.Migrations.Sqlite.Scratch;

/// <summary>A file in a temporary folder of its own, which only its owner may enter.</summary>
internal sealed class SqliteScratchDatabase : IScratchDatabase
{
    /// <summary>How long a writer of the database that is copied may be in the way.</summary>
    private static readonly TimeSpan CopyTimeout = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory(
        "migrations-scratch-"
    );
    private readonly Func<string, IDatabase> _nameFile;
    private readonly string _path;
    private int _states;

    /// <summary>Makes the folder. The first run makes the file.</summary>
    /// <param name="nameFile">Names the database of a path.</param>
    /// <param name="hasWriteAheadLog">Whether it is in WAL mode.</param>
    public SqliteScratchDatabase(Func<string, IDatabase> nameFile, bool hasWriteAheadLog)
    {
        _nameFile = nameFile;
        _path = Path.Combine(_folder.FullName, "scratch.db");
        Database = nameFile(_path);
        if (hasWriteAheadLog)
        {
            using (File.Create(_path)) { }

            using var connection = SqliteConnections.OpenToWrite(_path, _path, created: null);
            connection.Execute("PRAGMA journal_mode = WAL");
        }
    }

    /// <inheritdoc />
    public IDatabase Database { get; }

    /// <inheritdoc />
    public IEqualityComparer<string> Names => SqliteNames.Comparer;

    /// <inheritdoc />
    public void Fill(string path, CancellationToken cancellation)
    {
        var file = SqlitePath.Resolve(Path.GetFullPath(path));
        if (!SqliteFile.Exists(file))
        {
            throw new DatabaseUnavailableException(
                $"{path} does not exist, so there is no schema to begin with.",
                "Correct the path."
            );
        }

        File.Delete(_path);
        var control = new CopyControl(CopyTimeout, (_, _) => { }, (_, _) => { }, cancellation)
        {
            VersionTable = Database.VersionTable,
        };
        using var source = SqliteSnapshot.Open(file, path, control);
        _ = new SqliteBackup(file, path).IntoFile(source, _path, control);
    }

    /// <inheritdoc />
    public IScratchState Keep()
    {
        var copy = Path.Combine(
            _folder.FullName,
            string.Create(CultureInfo.InvariantCulture, $"state{++_states}.db")
        );
        foreach (var ending in SqliteFileNames.Endings.Prepend(""))
        {
            if (File.Exists(_path + ending))
            {
                File.Copy(_path + ending, copy + ending);
            }
        }

        return new SqliteScratchState(_nameFile(copy), copy);
    }

    /// <inheritdoc />
    public IScratchWriter OpenWriter() =>
        new SqliteScratchWriter(_path, Database.VersionTable.Name);

    /// <inheritdoc />
    public RowEffects EffectsOf(string sql, DatabaseSchema before) =>
        SqliteRowEffects.Of(sql, before);

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
