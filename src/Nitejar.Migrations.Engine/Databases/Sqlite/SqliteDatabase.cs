using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>A SQLite database file.</summary>
public sealed class SqliteDatabase : IDatabase
{
    private readonly SqliteOpenMode _mode;

    /// <summary>Names a file; nothing is opened yet.</summary>
    /// <param name="path">Relative paths start at the working directory.</param>
    /// <param name="mode"><see cref="SqliteOpenMode.ReadWriteCreate"/> lets a run create the file, <see cref="SqliteOpenMode.ReadOnly"/> lets none begin.</param>
    public SqliteDatabase(string path, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        Name = path;
        Path = System.IO.Path.GetFullPath(path);
        _mode = mode;
    }

    /// <inheritdoc />
    public DatabaseProvider Provider => DatabaseProvider.Sqlite;

    /// <inheritdoc />
    public string Name { get; }

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <inheritdoc />
    public IDatabaseReader? OpenReader(TimeSpan lockTimeout)
    {
        var file = SqliteFile.Resolve(Path);
        return SqliteFile.Exists(file)
            ? new SqliteReader(SqliteConnections.OpenToRead(file, Name, lockTimeout), Name)
            : null;
    }

    /// <inheritdoc />
    public IMigrationTransaction Begin(TransactionSettings settings, CancellationToken cancellation)
    {
        var file = SqliteFile.Resolve(Path);
        var exists = SqliteFile.Exists(file);
        RequireMode(exists);
        if (exists && !Permissions.MayWrite(file))
        {
            // SQLite would find out only after it has made files of its own.
            throw SqliteErrors.ReadOnly(Name, cause: null);
        }

        var newFile = exists ? null : NewDatabaseFile.For(file);
        return SqliteMigrationTransaction.Begin(
            newFile?.Path ?? file,
            Name,
            newFile,
            settings,
            cancellation
        );
    }

    private void RequireMode(bool exists)
    {
        if (_mode == SqliteOpenMode.ReadOnly)
        {
            throw new DatabaseUnavailableException(
                $"{Name} is to be opened read-only, so it cannot be migrated.",
                "Remove Mode=ReadOnly (mode=ro) from the connection."
            );
        }

        if (_mode == SqliteOpenMode.ReadWrite && !exists)
        {
            throw new DatabaseUnavailableException(
                $"{Name} does not exist, and the connection forbids to create it.",
                "Correct the path, or remove Mode=ReadWrite (mode=rw) from the connection."
            );
        }
    }
}
