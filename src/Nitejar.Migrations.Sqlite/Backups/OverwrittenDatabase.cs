using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Files;
using Nitejar.Migrations.Sqlite.Sessions;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Backups;

/// <summary>Overwrites a sound database with what a checked file holds, page by page in one transaction of SQLite's.</summary>
/// <param name="source">What is restored.</param>
/// <param name="target">The database, which is no symbolic link.</param>
/// <param name="name">What people call it.</param>
/// <param name="control">How to wait, and when to end.</param>
internal sealed class OverwrittenDatabase(
    SqliteSnapshot source,
    string target,
    string name,
    CopyControl control
)
{
    /// <summary>Others may use the database again by then.</summary>
    private const int SecondsToRecord = 2;

    /// <summary>Copies a database before it is overwritten.</summary>
    public BackupResult BackUp(SqliteConnection locked, BackupSettings settings)
    {
        using var before = SqliteSnapshot.Of(locked, name, control);
        return new SqliteBackup(target, name).IntoFolder(before, settings, control);
    }

    /// <summary>Overwrites it.</summary>
    /// <param name="locked">A connection with the lock, which is closed where that fails.</param>
    /// <param name="backup">The copy of it; <see langword="null"/> for none. It is removed where nothing has changed.</param>
    public void Overwrite(SqliteConnection locked, BackupResult? backup)
    {
        try
        {
            control.OnReplacing();
            WithPageSizeOf(source, locked, () => SqliteCopy.CopyPages(source, locked, control));
            SqliteRollbackJournal.FlushDeletion(target);
        }
        catch (Exception e)
        {
            locked.Dispose();
            if (!IsUndone())
            {
                throw NotUndone(backup, e);
            }

            // The database is as it was: there is nothing that the backup would be for.
            if (backup is not null)
            {
                LeftOver.Remove(backup.Path);
            }

            if (e is SqliteException error)
            {
                throw SqliteErrors.Unavailable(name, error);
            }

            throw;
        }
    }

    /// <summary>
    /// Writes a transaction of its own: what is restored is restored without it. The connection is another one, since the
    /// content may have brought another journal mode.
    /// </summary>
    public string? RecordBehind(SqliteConnection locked, RestoreRecord record, Stopwatch clock)
    {
        try
        {
            var file = FileStatus.OfLink(target);
            if (file is not null && !Descriptors.AreOn(file, atLeast: 1))
            {
                throw new ExchangedFileException(target);
            }

            locked.Dispose();
            using var connection = SqliteConnections.OpenAgain(target, name, file);
            connection.DefaultTimeout = SecondsToRecord;
            using var transaction = connection.BeginTransaction();
            var warning = record.AppendTo(
                new SqliteSession(connection, control.VersionTable),
                clock.Elapsed
            );
            transaction.Commit();
            SqliteRollbackJournal.FlushDeletion(target);
            return warning;
        }
        catch (Exception e) when (e is SqliteException or MigrateException or IOException)
        {
            return RestoreRecord.NotWritten(e);
        }
    }

    /// <summary>After an error of the disk, SQLite leaves it to the next connection to undo what was begun. This is that one.</summary>
    private bool IsUndone()
    {
        try
        {
            using var look = SqliteSnapshot.Open(target, name, control);
            return true;
        }
        catch (Exception e) when (e is MigrateException or SqliteException)
        {
            return false;
        }
    }

    private DatabaseUnavailableException NotUndone(BackupResult? backup, Exception cause) =>
        new(
            $"{name} could not be restored, and what was begun could not be undone yet: {cause.Message.TrimEnd('.')}.",
            $"Put the disk right and run `status`: SQLite undoes the rest with {name}-journal, which has to stay beside it."
                + (backup is null ? "" : $" The backup {backup.Path} is kept."),
            cause
        );

    /// <summary>A database in WAL mode keeps its page size, so it leaves that mode for as long as it takes.</summary>
    private static void WithPageSizeOf(
        SqliteSnapshot source,
        SqliteConnection locked,
        Action overwrite
    )
    {
        var mode = locked.Query("PRAGMA journal_mode", row => row.GetString(0))[0];
        var pageSize = locked.Query("PRAGMA page_size", row => row.GetInt64(0))[0];
        var leaves = mode == "wal" && pageSize != source.PageSize;
        try
        {
            if (leaves)
            {
                locked.Execute("PRAGMA journal_mode=DELETE");
            }

            overwrite();
        }
        finally
        {
            if (leaves)
            {
                // Not required: the content does not depend on it.
                _ = raw.sqlite3_exec(locked.Handle, "PRAGMA journal_mode=WAL");
            }
        }
    }
}
