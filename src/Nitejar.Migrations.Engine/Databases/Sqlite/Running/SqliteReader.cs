using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Guards;
using Nitejar.Migrations.Engine.Databases.Sqlite.History;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Schemas;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Running;

/// <summary>Reads over one connection, which it owns.</summary>
/// <param name="connection">The connection.</param>
/// <param name="name">What people call the database.</param>
/// <param name="wait">How to wait for a writer; <see langword="null"/> as the connection itself does.</param>
/// <param name="timeout">Ends a read; <see langword="null"/> for never.</param>
internal class SqliteReader(
    SqliteConnection connection,
    string name,
    SqliteLockWait? wait = null,
    SqliteReadTimeout? timeout = null
) : IDatabaseReader
{
    private bool _disposed;

    public ISchemaQueries Schema { get; } = QueriesOf(connection, timeout);

    protected SqliteConnection Connection { get; } = connection;

    /// <summary>What people call the database.</summary>
    protected string Name { get; } = name;

    public IReadOnlyList<AppliedMigration> ReadApplied() =>
        Read(() => VersionInfoTable.Read(Connection));

    public JournalState ReadJournalState() => Read(() => VersionJournalTable.ReadState(Connection));

    public IReadOnlyList<JournalEntry> ReadJournal() =>
        Read(() => VersionJournalTable.ReadAll(Connection));

    public JournalSql ReadJournalSql(long journalId) =>
        Read(() => VersionJournalTable.ReadSql(Connection, journalId));

    public IReadOnlyList<ArchiveEntry> ReadArchives() =>
        Read(() => VersionArchiveTable.Read(Connection).Select(a => a.Entry).ToArray());

    public IReadOnlyList<Obstacle> FindObstacles(IReadOnlyList<string> sql) =>
        Read(() => SqliteObstacles.Of(Connection, sql));

    public string DigestSchema(IReadOnlyList<string> sql) =>
        Read(() => SqliteSchemaDigest.Of(Connection, sql));

    public bool HoldsRows() => Read(() => SqliteRows.Any(Connection));

    public bool CanLoseRows(IReadOnlyList<string> sql) =>
        Read(() => SqliteRowRisk.Of(Connection, sql));

    public IReadOnlyList<DataLoss> PreviewLosses(string sql) =>
        Read(() => SqliteLossPreview.Of(Connection, sql));

    public IReadOnlyList<string> ReadSchemaScript() =>
        Read(() => SqliteSchemaScript.Read(Connection));

    public DatabaseSchema ReadSchema() => Read(() => SqliteSchemaReader.ReadSchema(Connection));

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Does something with the connection, waiting where that was asked for, and translates SQLite's errors.</summary>
    /// <exception cref="LockTimeoutException">The database was busy.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="DatabaseUnavailableException">Any other error of SQLite, or it took too long.</exception>
    protected T Read<T>(Func<T> read)
    {
        if (wait is not null)
        {
            // The time for which it waits is not the read's.
            return wait.WhenFree(timeout is null ? read : () => timeout.Within(read));
        }

        try
        {
            return read();
        }
        catch (SqliteException e) when (SqliteErrors.IsBusy(e.SqliteErrorCode))
        {
            throw SqliteErrors.Locked(Name, SqliteLockHolder.Find(Connection.DataSource), e);
        }
        catch (SqliteException e) when (SqliteErrors.IsInterrupt(e))
        {
            throw new OperationCanceledException("The run was cancelled.", e);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Unavailable(Name, e);
        }
    }

    protected virtual void Dispose(bool disposing) => Connection.Dispose();

    private static ISchemaQueries QueriesOf(SqliteConnection connection, SqliteReadTimeout? timeout)
    {
        var queries = new SqliteSchemaQueries(connection);
        return timeout is null ? queries : new TimedSchemaQueries(queries, timeout);
    }
}
