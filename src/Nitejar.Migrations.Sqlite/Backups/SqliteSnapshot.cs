using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Sessions;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Backups;

/// <summary>
/// A database as it is at one moment, for as long as this is not disposed: a read transaction keeps it. It sees what
/// is committed, in the write-ahead log too.
/// </summary>
internal sealed class SqliteSnapshot : IDisposable
{
    private readonly bool _ownsConnection;
    private readonly VersionTable _versionTable;

    private SqliteSnapshot(
        SqliteConnection connection,
        VersionTable versionTable,
        bool ownsConnection
    )
    {
        Connection = connection;
        Session = new SqliteSession(connection, versionTable);
        _versionTable = versionTable;
        _ownsConnection = ownsConnection;
    }

    public SqliteConnection Connection { get; }

    public SqliteSession Session { get; }

    public long Pages => Number("PRAGMA page_count");

    public long PageSize => Number("PRAGMA page_size");

    /// <summary>What the table of applied versions lists, whether or not it is as FluentMigrator makes it; what is not a number, by its type.</summary>
    /// <exception cref="DatabaseUnavailableException">It has more rows than there are migrations.</exception>
    public IReadOnlyList<string> Versions =>
        Connection.Any(
            "SELECT 1 FROM sqlite_master WHERE name = @table COLLATE NOCASE AND type = 'table'",
            ("@table", _versionTable.Name)
        )
            ?
            [
                .. BoundedRead.Rows(
                    Session,
                    new RowLimit(_versionTable.Name, RowLimit.Held),
                    $"""
                    SELECT CASE typeof({VersionColumn}) WHEN 'integer' THEN {VersionColumn} ELSE typeof({VersionColumn}) END
                    FROM {Identifier.Quote(_versionTable.Name)} ORDER BY rowid
                    """,
                    row => row.GetString(0)
                ),
            ]
            : [];

    private string VersionColumn => Identifier.Quote(_versionTable.VersionColumn);

    /// <summary>Opens a connection of its own.</summary>
    /// <exception cref="LockTimeoutException">A writer kept readers out for too long.</exception>
    /// <exception cref="DatabaseUnavailableException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while it waited.</exception>
    public static SqliteSnapshot Open(string path, string name, CopyControl control)
    {
        var connection = SqliteConnections.OpenToRead(path, name, TimeSpan.Zero);
        return Hold(connection, name, control, ownsConnection: true);
    }

    /// <summary>Opens a file that nobody writes; see <see cref="SqliteConnections.OpenUnchanging(string, string)"/>.</summary>
    /// <exception cref="DatabaseUnavailableException">It cannot be read.</exception>
    public static SqliteSnapshot OpenUnchanging(string path, string name, CopyControl control) =>
        Hold(SqliteConnections.OpenUnchanging(path, name), name, control, ownsConnection: true);

    /// <summary>The same of a file that this process has made.</summary>
    /// <exception cref="DatabaseUnavailableException">It cannot be read.</exception>
    /// <exception cref="ExchangedFileException">Another file has its name.</exception>
    public static SqliteSnapshot OpenUnchanging(NewFile file, CopyControl control) =>
        Hold(SqliteConnections.OpenUnchanging(file), file.Path, control, ownsConnection: true);

    /// <summary>Over a connection that the caller has opened and closes.</summary>
    public static SqliteSnapshot Of(
        SqliteConnection connection,
        string name,
        CopyControl control
    ) => Hold(connection, name, control, ownsConnection: false);

    /// <summary>SQLite's own check of every page, which a cancellation interrupts.</summary>
    /// <param name="pragma"><c>quick_check</c> or the longer <c>integrity_check</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    public SqliteSoundness Check(string pragma, CancellationToken cancellation)
    {
        using var onCancel = cancellation.Register(() => raw.sqlite3_interrupt(Connection.Handle));
        try
        {
            return SqliteSoundness.Of(Connection, pragma);
        }
        catch (SqliteException e)
        {
            cancellation.ThrowIfCancellationRequested();
            return new SqliteSoundness(SqliteErrors.Words(e), []);
        }
    }

    public void Dispose()
    {
        if (_ownsConnection)
        {
            Connection.Dispose();
        }
        else if (raw.sqlite3_get_autocommit(Connection.Handle) == 0)
        {
            Connection.Execute("ROLLBACK");
        }
    }

    private static SqliteSnapshot Hold(
        SqliteConnection connection,
        string name,
        CopyControl control,
        bool ownsConnection
    )
    {
        var snapshot = new SqliteSnapshot(connection, control.VersionTable, ownsConnection);
        try
        {
            var waits = new TransactionSettings(control.LockTimeout, null, control.OnLockWait)
            {
                FindLockHolder = () => SqliteLockHolder.Find(connection.DataSource),
            };
            connection.Execute("BEGIN");
            _ = new SqliteLockWait(name, waits, control.Cancellation).WhenFree(() =>
                connection.Any("SELECT 1 FROM sqlite_master")
            );
            return snapshot;
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    private long Number(string sql) => Connection.Query(sql, row => row.GetInt64(0))[0];
}
