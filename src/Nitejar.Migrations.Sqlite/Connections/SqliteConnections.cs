using System.Data.Common;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Sqlite.Files;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Connections;

/// <summary>Opens connections. None is pooled, since a pooled one keeps the file open after it is closed.</summary>
internal static class SqliteConnections
{
    // The runtime would try e_sqlite3.so in every folder of the system before libe_sqlite3.so beside the program.
    static SqliteConnections() =>
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            static (name, _, _) =>
                OperatingSystem.IsLinux()
                && NativeLibrary.TryLoad(
                    Path.Combine(AppContext.BaseDirectory, $"lib{name}.so"),
                    out var library
                )
                    ? library
                    : 0
        );

    /// <summary>
    /// Opens to read. Read-only mode would leave -wal and -shm files beside a database in WAL mode and could not roll
    /// back what a killed writer left, so it is used only where a log is there already; else SQLite is told to refuse
    /// every write of this connection.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">It cannot be opened or is not a database.</exception>
    public static SqliteConnection OpenToRead(string path, string name, TimeSpan lockTimeout)
    {
        var readOnly = SqliteHeader.HasWriteAheadLog(path);
        var connection =
            !readOnly && SqliteHeader.IsFrozen(path)
                ? Open(ImmutableUri(path), name, SqliteOpenMode.ReadOnly)
                : Open(path, name, readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite);
        _ = raw.sqlite3_busy_timeout(connection.Handle, (int)lockTimeout.TotalMilliseconds);

        // Foreign keys as a run has them, since a migration may ask while it is evaluated.
        Run(
            connection,
            $"PRAGMA query_only=ON; PRAGMA foreign_keys=OFF; {SqliteDefenses.CheckCells}"
        );
        SqliteDefenses.RaiseToRead(connection);
        return connection;
    }

    /// <summary>
    /// Opens a file that nobody writes, without a lock and without leaving anything beside it, as a database in WAL
    /// mode otherwise would. A log beside it is not read.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">It cannot be opened or is not a database.</exception>
    public static SqliteConnection OpenUnchanging(string path, string name) =>
        Defend(Open(UnchangingUri(path), name, SqliteOpenMode.ReadOnly));

    /// <summary>The same of a file that this process has made.</summary>
    /// <exception cref="DatabaseUnavailableException">It cannot be opened or is not a database.</exception>
    /// <exception cref="ExchangedFileException">Another file has its name.</exception>
    public static SqliteConnection OpenUnchanging(NewFile file) =>
        Defend(Require(file, Open(UnchangingUri(file.Path), file.Path, SqliteOpenMode.ReadOnly)));

    /// <summary>Opens to write a file that is worth nothing until it is complete, and that nobody else opens.</summary>
    /// <exception cref="DatabaseUnavailableException">It cannot be opened.</exception>
    /// <exception cref="ExchangedFileException">Another file has its name. It was not read or written.</exception>
    public static SqliteConnection OpenToFill(NewFile file)
    {
        var connection = Require(file, Open(file.Path, file.Path, SqliteOpenMode.ReadWrite));
        Run(
            connection,
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE"
        );
        SqliteTemporaryFiles.Place(connection, file.Path);
        return connection;
    }

    /// <summary>Opens what <see cref="OpenToFill"/> has filled, to add to it.</summary>
    /// <inheritdoc cref="OpenToFill" path="/exception"/>
    public static SqliteConnection OpenToAmend(NewFile file) => Defend(OpenToFill(file));

    /// <summary>Opens to replace all that is in it, so that nobody else can use it once it is locked.</summary>
    /// <param name="path">No symbolic link.</param>
    /// <param name="name">What people call it.</param>
    /// <exception cref="DatabaseUnavailableException">It cannot be opened, or is a link by now.</exception>
    public static SqliteConnection OpenToReplace(string path, string name)
    {
        var file = FileStatus.OfLink(path);
        if (file is { Kind: not FileKind.Regular } || FileStatus.IsAbsent(path))
        {
            throw SqliteErrors.Exchanged(name, new ExchangedFileException(path));
        }

        var connection = Open(path, name, SqliteOpenMode.ReadWrite);
        if (file is not null && !Descriptors.AreOn(file, atLeast: 1))
        {
            connection.Dispose();
            throw SqliteErrors.Exchanged(name, new ExchangedFileException(path));
        }

        Run(connection, "PRAGMA locking_mode=EXCLUSIVE");
        SqliteTemporaryFiles.Place(connection, path);
        return Defend(connection);
    }

    /// <summary>Opens to write what this process has had open until now.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="known">Which file it was; <see langword="null"/> where the system cannot tell.</param>
    /// <exception cref="DatabaseUnavailableException">It cannot be opened, or another file has its name. That one was not read or written.</exception>
    public static SqliteConnection OpenAgain(string path, string name, FileStatus? known)
    {
        var connection = Open(path, name, SqliteOpenMode.ReadWrite);
        if (known is not null && !Descriptors.AreOn(known, atLeast: 1))
        {
            connection.Dispose();
            throw SqliteErrors.Exchanged(name, new ExchangedFileException(path));
        }

        SqliteTemporaryFiles.Place(connection, path);
        return Defend(connection);
    }

    /// <summary>Opens to write, with foreign keys off: they can only be switched outside a transaction.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="created">The same file, where this process has just made it; else <see langword="null"/>.</param>
    /// <exception cref="DatabaseUnavailableException">It cannot be opened or is not a database.</exception>
    /// <exception cref="ExchangedFileException">Another file has the name of the one that was made. It was not read or written.</exception>
    public static SqliteConnection OpenToWrite(string path, string name, NewFile? created)
    {
        var connection = Open(path, name, SqliteOpenMode.ReadWrite);
        if (created is not null)
        {
            Require(created, connection);
        }

        Run(connection, $"PRAGMA foreign_keys=OFF; {SqliteDefenses.CheckCells}");
        SqliteTemporaryFiles.Place(connection, path);
        if (created is not null)
        {
            // The file has a private name until it is complete: after a crash nobody reads it, so its journal need
            // not survive one. What is committed is flushed all the same.
            Run(connection, "PRAGMA journal_mode=MEMORY");
        }

        return connection;
    }

    private static string ImmutableUri(string path) =>
        $"file:{Uri.EscapeDataString(path)}?immutable=1";

    private static SqliteConnection Open(string path, string name, SqliteOpenMode mode)
    {
        // By hand, since the driver's builder parses what the connection then parses again.
        var text = new StringBuilder($"Mode={mode};Pooling=False");
        DbConnectionStringBuilder.AppendKeyValuePair(text, "Data Source", path);
        var connection = Create(text.ToString());
        try
        {
            connection.Open();

            // Negative: a busy database is an error at once. The driver itself would poll every 150 ms and take
            // zero for ever; waiting is done where its end is known.
            connection.DefaultTimeout = -1;
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw SqliteErrors.Unavailable(name, e);
        }
    }

    private static SqliteConnection Create(string text)
    {
        try
        {
            return new SqliteConnection(text);
        }
        catch (Exception e) when (SqliteLibrary.IsMissing(e))
        {
            throw SqliteLibrary.Missing(e);
        }
    }

    /// <summary>For a file that may have been made by anybody, and in which no migration executes anything.</summary>
    private static SqliteConnection Defend(SqliteConnection connection)
    {
        Run(connection, SqliteDefenses.CheckCells);
        SqliteDefenses.RaiseToRead(connection);
        return connection;
    }

    /// <summary>SQLite opens by name, and by then the name may be another file's.</summary>
    private static SqliteConnection Require(NewFile file, SqliteConnection opened)
    {
        try
        {
            file.RequireOpened();
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static string UnchangingUri(string path) => $"file:{UriPathOf(path)}?immutable=1";

    private static string UriPathOf(string path)
    {
        var parts = Path.GetFullPath(path)
            .Replace('\\', '/')
            .Split('/')
            .Select(Uri.EscapeDataString);
        return (OperatingSystem.IsWindows() ? "///" : "") + string.Join('/', parts);
    }

    private static void Run(SqliteConnection connection, string sql) =>
        _ = raw.sqlite3_exec(connection.Handle, sql);
}
