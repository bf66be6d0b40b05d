using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Files;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Backups;

/// <summary>What is at the path where a database is to be restored, which may be anything.</summary>
internal sealed class SqliteRestoreTarget : IDisposable
{
    private SqliteRestoreTarget(SqliteConnection? connection, string? damage)
    {
        Connection = connection;
        Damage = damage;
    }

    /// <summary>A sound database that nobody else can use until this is disposed; <see langword="null"/> where there is none.</summary>
    public SqliteConnection? Connection { get; }

    /// <summary>Why what is there is no sound database; <see langword="null"/> where it is one, or nothing is there.</summary>
    public string? Damage { get; }

    /// <summary>Looks, and locks what is sound.</summary>
    /// <param name="path">No symbolic link.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="control">How to wait for its lock, and when to end.</param>
    /// <exception cref="LockTimeoutException">Another process uses it.</exception>
    /// <exception cref="DatabaseUnavailableException">It is not a file, or this user may not write it.</exception>
    public static SqliteRestoreTarget Lock(string path, string name, CopyControl control)
    {
        RequireFile(path, name);
        SqliteFile.RequirePlainParts(path);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return new SqliteRestoreTarget(connection: null, damage: null);
        }

        return FindObviousDamage(file, name, control) is { } damage
            ? new SqliteRestoreTarget(connection: null, damage)
            : LockFile(path, name, control);
    }

    public void Dispose() => Connection?.Dispose();

    private static void RequireFile(string path, string name)
    {
        var nothing = !File.Exists(path) && !Directory.Exists(path);
        if (!nothing && !FileStatus.IsRegularFile(path))
        {
            throw new DatabaseUnavailableException(
                $"{name} is no regular file, so no database can be restored there.",
                "Correct the path."
            );
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new DatabaseUnavailableException(
                $"The folder of {name} does not exist.",
                "Create the folder or correct the path."
            );
        }
    }

    /// <summary>
    /// What can be told without a connection that may write: where SQLite makes nothing of a file, that would delete
    /// the journals beside it.
    /// </summary>
    private static string? FindObviousDamage(FileInfo file, string name, CopyControl control)
    {
        if (file.Length == 0)
        {
            return "it is empty (0 bytes)";
        }

        if (!StartsAsDatabase(file))
        {
            return "it is not a SQLite database";
        }

        try
        {
            using var look = SqliteSnapshot.Open(file.FullName, name, control);
            return null;
        }
        catch (DatabaseUnavailableException e)
            when (e.InnerException is SqliteException cause && IsDamage(cause.SqliteErrorCode))
        {
            return SqliteErrors.Words(cause);
        }
    }

    /// <summary>Read past SQLite, which is harmless while this process has no connection to the file.</summary>
    private static bool StartsAsDatabase(FileInfo file)
    {
        Span<byte> start = stackalloc byte[16];
        return SqliteHeader.ReadStart(file.FullName, start)
            && start.SequenceEqual("SQLite format 3\0"u8);
    }

    private static SqliteRestoreTarget LockFile(string path, string name, CopyControl control)
    {
        var connection = SqliteConnections.OpenToReplace(path, name);
        try
        {
            LockConnection(connection, path, name, control);
            var damage = FindDamage(connection, name, control);
            if (damage is null)
            {
                return new SqliteRestoreTarget(connection, damage);
            }

            connection.Dispose();
            return new SqliteRestoreTarget(connection: null, damage);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string? FindDamage(SqliteConnection connection, string name, CopyControl control)
    {
        using var content = SqliteSnapshot.Of(connection, name, control);
        return content.Check("quick_check", control.Cancellation).Damage;
    }

    /// <summary>In exclusive locking mode the lock outlives the transaction that took it.</summary>
    private static void LockConnection(
        SqliteConnection connection,
        string path,
        string name,
        CopyControl control
    )
    {
        var waits = new TransactionSettings(control.LockTimeout, null, control.OnLockWait)
        {
            FindLockHolder = () => SqliteLockHolder.FindUser(path),
        };
        try
        {
            new SqliteLockWait(name, waits, control.Cancellation).WhenFree(() =>
            {
                connection.Execute("BEGIN EXCLUSIVE");
                return true;
            });
            connection.Execute("COMMIT");
        }
        catch (LockTimeoutException e)
        {
            throw new LockTimeoutException(
                $"{name} is in use by {SqliteLockHolder.FindUser(path) ?? "another process"}, and a restore needs it for itself.",
                "Stop the programs that use it, or allow more time with --lock-timeout.",
                e
            );
        }
    }

    /// <summary>SQLITE_ERROR is what it says of a schema format that it does not know.</summary>
    private static bool IsDamage(int code) =>
        (code & 0xff) is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT or raw.SQLITE_ERROR;
}
