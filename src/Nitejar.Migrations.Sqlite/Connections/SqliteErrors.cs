using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Files;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Connections;

/// <summary>Says what SQLite's result codes mean for a run.</summary>
internal static class SqliteErrors
{
    /// <summary>Whether another connection holds the database.</summary>
    public static bool IsBusy(int code) => (code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>Whether the statement was ended from outside. While it is being prepared, SQLite has words for that and no code.</summary>
    public static bool IsInterrupt(SqliteException e) =>
        (e.SqliteErrorCode & 0xff) == raw.SQLITE_INTERRUPT
        || (e.SqliteErrorCode == raw.SQLITE_ERROR && Words(e) == "interrupted");

    /// <summary>The file or its disk, not the migration, is what is wrong.</summary>
    public static bool IsAboutTheFile(int code) =>
        (code & 0xff)
            is raw.SQLITE_CANTOPEN
                or raw.SQLITE_NOTADB
                or raw.SQLITE_CORRUPT
                or raw.SQLITE_READONLY
                or raw.SQLITE_PERM
                or raw.SQLITE_PROTOCOL
                or raw.SQLITE_IOERR
                or raw.SQLITE_FULL;

    public static LockTimeoutException Locked(string name, string? holder, Exception? cause) =>
        new(
            $"{name} is locked by {holder ?? "another process"} and was not released in time.",
            "Wait for the other run or writer to end, or allow more time with --lock-timeout.",
            cause
        );

    public static DatabaseUnavailableException ReadOnly(string name, Exception? cause) =>
        new(
            $"{name} is read-only for this user.",
            "Run as a user who may write the file and its folder.",
            cause
        );

    public static DatabaseUnavailableException Exchanged(string name, ExchangedFileException e) =>
        new($"{name} could not be written: {e.Message}", ExchangedFileException.NextStep, e);

    public static DatabaseUnavailableException Unavailable(string name, SqliteException e) =>
        (e.SqliteErrorCode & 0xff) switch
        {
            raw.SQLITE_NOTADB => new(
                $"{name} is not a SQLite database.",
                "Correct the path; the file was not changed.",
                e
            ),
            raw.SQLITE_CORRUPT => new(
                $"{name} is damaged: {Words(e)}.",
                "Restore it from a backup; the file was not changed.",
                e
            ),
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => new(
                $"{name} cannot be opened.",
                "Check that the path is right and that this user may read the file and write in its folder.",
                e
            )
            {
                MayPass = true,
            },
            raw.SQLITE_READONLY => ReadOnly(name, e),
            raw.SQLITE_FULL => new(
                $"There is no room left to write {name}.",
                "Free space on its disk and run the command again.",
                e
            ),
            _ => new(
                $"SQLite could not work with {name}: {Words(e)}.",
                "Check the disk and the file; --verbose shows more.",
                e
            )
            {
                MayPass = (e.SqliteErrorCode & 0xff) is raw.SQLITE_IOERR or raw.SQLITE_PROTOCOL,
            },
        };

    /// <summary>SQLite's own words, without the driver's wrapping.</summary>
    public static string Words(SqliteException e)
    {
        var start = e.Message.IndexOf('\'');
        var end = e.Message.LastIndexOf('\'');
        return end > start + 1 ? e.Message[(start + 1)..end] : e.Message;
    }
}
