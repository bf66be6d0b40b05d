using Microsoft.Data.Sqlite;

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
    public IDatabaseReader? OpenReader(TimeSpan lockTimeout) =>
        SqliteFile.Exists(Path)
            ? new SqliteReader(SqliteConnections.OpenToRead(Path, Name, lockTimeout), Name)
            : null;

    /// <inheritdoc />
    public IMigrationTransaction Begin(TransactionSettings settings, CancellationToken cancellation)
    {
        if (_mode == SqliteOpenMode.ReadOnly)
        {
            throw new DatabaseUnavailableException(
                $"{Name} is to be opened read-only, so it cannot be migrated.",
                "Remove Mode=ReadOnly from the connection string."
            );
        }

        if (SqliteFile.Exists(Path))
        {
            return SqliteMigrationTransaction.Begin(
                Path,
                Name,
                newFile: null,
                settings,
                cancellation
            );
        }

        if (_mode == SqliteOpenMode.ReadWrite)
        {
            throw new DatabaseUnavailableException(
                $"{Name} does not exist, and Mode=ReadWrite forbids to create it.",
                "Correct the path, or remove Mode=ReadWrite from the connection string."
            );
        }

        var newFile = NewDatabaseFile.For(Path);
        return SqliteMigrationTransaction.Begin(
            newFile.Path,
            Name,
            newFile,
            settings,
            cancellation
        );
    }
}
