using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Schema;
using Nitejar.Migrations.Sqlite.Sessions;

namespace Nitejar.Migrations.Sqlite.Running;

/// <summary>Reads over one connection, which it owns.</summary>
/// <param name="connection">The connection.</param>
/// <param name="place">What people call the database, and where its history is.</param>
/// <param name="wait">How to wait for a writer; <see langword="null"/> as the connection itself does.</param>
/// <param name="timeout">Ends a read; <see langword="null"/> for never.</param>
internal class SqliteReadSession(
    SqliteConnection connection,
    SqlitePlace place,
    SqliteLockWait? wait = null,
    SqliteReadTimeout? timeout = null
) : SqliteSession(connection, place.VersionTable), IReadSession
{
    private bool _disposed;

    public ISchemaQueries Queries { get; } = QueriesOf(connection, timeout);

    /// <summary>What people call the database.</summary>
    protected string Name => place.Name;

    public string DigestSchema(IReadOnlyList<string> sql) => SqliteSchemaDigest.Of(Connection, sql);

    public IReadOnlyList<string> ReadSchemaScript() =>
        SqliteSchemaScript.Read(Connection, place.VersionTable.Name);

    private static bool Done(Action use)
    {
        use();
        return true;
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }
    }

    public void Run(Action use)
    {
        if (wait is not null)
        {
            // The time for which it waits is not the read's.
            _ = wait.WhenFree(() => timeout is null ? Done(use) : timeout.Within(() => Done(use)));
            return;
        }

        try
        {
            use();
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
