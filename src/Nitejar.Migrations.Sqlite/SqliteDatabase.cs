using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Sqlite.Backups;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Files;
using Nitejar.Migrations.Sqlite.Running;
using Nitejar.Migrations.Sqlite.Scratch;

namespace Nitejar.Migrations.Sqlite;

/// <summary>A SQLite database file.</summary>
public sealed class SqliteDatabase : IDatabase, ICopies
{
    /// <summary>Names a file; nothing is opened yet.</summary>
    /// <param name="path">Relative paths start at the working directory.</param>
    /// <param name="mode"><see cref="SqliteOpenMode.ReadWriteCreate"/> lets a run create the file, <see cref="SqliteOpenMode.ReadOnly"/> lets none begin.</param>
    public SqliteDatabase(string path, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        Name = path;
        Path = System.IO.Path.GetFullPath(path);
        Mode = mode;
    }

    /// <inheritdoc />
    public IDatabaseDriver Driver => SqliteDriver;

    /// <summary>How migrations become SQL for it.</summary>
    public SqliteDriver SqliteDriver { get; init; } = SqliteDriver.Instance;

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public ICopies Copies => this;

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>Whether it may be written and created.</summary>
    public SqliteOpenMode Mode { get; }

    /// <inheritdoc />
    public string File => Path;

    /// <inheritdoc />
    public string? Warning => null;

    /// <summary>
    /// Whether a file of no byte is taken for an empty database. It is more likely what an accident left of one, so that
    /// this has to be said.
    /// </summary>
    public bool AllowsEmptyFile { get; init; }

    /// <inheritdoc />
    public VersionTable VersionTable { get; init; } = VersionTable.Standard;

    /// <summary>Of the file that is there: it would be made where a run is about to put a complete one.</summary>
    MigrationConnection IDatabase.Connection
    {
        get
        {
            var text = new SqliteConnectionStringBuilder
            {
                DataSource = Path,
                Mode =
                    Mode == SqliteOpenMode.ReadOnly
                        ? SqliteOpenMode.ReadOnly
                        : SqliteOpenMode.ReadWrite,
                Pooling = false,
            }.ConnectionString;
            return new MigrationConnection(text, secret: null, text);
        }
    }

    private SqlitePlace Place => new(Name, VersionTable);

    /// <inheritdoc />
    public bool IsSame(IDatabase other) =>
        other is SqliteDatabase file && FileStatus.IsSame(Path, file.Path);

    /// <inheritdoc />
    public void RequireReachable()
    {
        var file = SqlitePath.Resolve(Path);
        if (Exists(file))
        {
            return;
        }

        SqlitePath.RequireFolderOf(file);
        if (Mode != SqliteOpenMode.ReadWriteCreate)
        {
            throw Missing();
        }
    }

    IReadSession? IDatabase.OpenToRead(TransactionSettings settings, CancellationToken cancellation)
    {
        var file = SqlitePath.Resolve(Path);
        if (!Exists(file))
        {
            return null;
        }

        var connection = SqliteConnections.OpenToRead(file, Name, TimeSpan.Zero);
        return new SqliteReadSession(
            connection,
            Place,
            new SqliteLockWait(Name, WithHolder(settings, file), cancellation),
            settings.StatementTimeout is { } limit
                ? new SqliteReadTimeout(connection.Handle!, Name, limit)
                : null
        );
    }

    /// <inheritdoc />
    IScratchDatabase IDatabase.CreateScratch() =>
        new SqliteScratchDatabase(
            path => new SqliteDatabase(path)
            {
                SqliteDriver = SqliteDriver,
                VersionTable = VersionTable,
            },
            SqliteHeader.IsInWriteAheadMode(SqlitePath.Resolve(Path))
        );

    /// <inheritdoc />
    IMigrationSession IDatabase.Begin(TransactionSettings settings, CancellationToken cancellation)
    {
        var file = SqlitePath.Resolve(Path);
        var exists = Exists(file);
        RequireMode(exists);
        if (exists && !Permissions.MayWrite(file))
        {
            // SQLite would find out only after it has made files of its own.
            throw SqliteErrors.ReadOnly(Name, cause: null);
        }

        var newFile = exists ? null : NewDatabaseFile.For(file, Name);
        return SqliteMigrationSession.Begin(
            newFile?.File.Path ?? file,
            Place,
            newFile,
            WithHolder(settings, file),
            cancellation
        );
    }

    private static TransactionSettings WithHolder(TransactionSettings settings, string file) =>
        settings with
        {
            FindLockHolder = () => SqliteLockHolder.Find(file),
        };

    /// <inheritdoc />
    public BackupResult BackUp(BackupSettings settings, CopyControl control)
    {
        var file = RequireFile();
        using var source = SqliteSnapshot.Open(file, Name, Of(control));
        return new SqliteBackup(file, Name).IntoFolder(source, settings, Of(control));
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Prune(BackupSettings settings, BackupResult newest) =>
        new SqliteBackup(SqlitePath.Resolve(Path), Name).Prune(settings, newest);

    /// <inheritdoc />
    public BackupResult BackUpTo(string path, CopyControl control)
    {
        var file = RequireFile();
        using var source = SqliteSnapshot.Open(file, Name, Of(control));
        return new SqliteBackup(file, Name).IntoFile(source, path, Of(control));
    }

    /// <inheritdoc />
    public IRestore OpenRestore(string path, CopyControl control)
    {
        var target = SqlitePath.Resolve(Path);
        RequireMode(exists: System.IO.File.Exists(target));
        return new SqliteRestore(target, Name, path, Of(control));
    }

    private CopyControl Of(CopyControl control) => control with { VersionTable = VersionTable };

    private bool Exists(string file) => SqliteFile.Exists(file, AllowsEmptyFile);

    private string RequireFile()
    {
        var file = SqlitePath.Resolve(Path);
        return SqliteFile.Exists(file)
            ? file
            : throw new DatabaseUnavailableException(
                $"{Name} does not exist, so there is nothing to back up.",
                "Correct the path."
            );
    }

    private void RequireMode(bool exists)
    {
        if (Mode == SqliteOpenMode.ReadOnly)
        {
            throw new DatabaseUnavailableException(
                $"{Name} is to be opened read-only, so it cannot be changed.",
                "Remove Mode=ReadOnly (mode=ro) from the connection."
            );
        }

        if (Mode == SqliteOpenMode.ReadWrite && !exists)
        {
            throw Missing();
        }
    }

    private DatabaseUnavailableException Missing() =>
        new(
            $"{Name} does not exist, and the connection forbids to create it.",
            "Correct the path, or remove Mode (mode=rw, mode=ro) from the connection."
        )
        {
            MayPass = true,
        };
}
