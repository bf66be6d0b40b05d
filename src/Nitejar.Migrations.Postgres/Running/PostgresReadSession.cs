using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Schema;
using Nitejar.Migrations.Postgres.Schema.Scripts;
using Nitejar.Migrations.Postgres.Sessions;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>Reads over one connection, which it owns.</summary>
/// <param name="connection">The connection.</param>
/// <param name="settings">How long it waits, and each read may take.</param>
/// <param name="cancellation">Ends a read.</param>
internal class PostgresReadSession(
    PostgresConnection connection,
    TransactionSettings settings,
    CancellationToken cancellation
) : PostgresSession(connection), IReadSession
{
    private bool _disposed;

    public ISchemaQueries Queries { get; } =
        new PostgresSchemaQueries(connection.Connection, connection.Target.Schema);

    protected TransactionSettings Settings => settings;

    protected CancellationToken Cancellation => cancellation;

    public string DigestSchema(IReadOnlyList<string> sql) =>
        PostgresSchemaDigest.Of(Connection, Schema, sql);

    public IReadOnlyList<string> ReadSchemaScript() =>
        PostgresSchemaScript.Read(Connection, Schema);

    public void Run(Action use)
    {
        try
        {
            use();
        }
        catch (Exception e) when (PostgresErrors.IsOfDriver(e))
        {
            throw Translated(e);
        }
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

    protected virtual void Dispose(bool disposing) => Connection.Dispose();

    /// <summary>What an error of the driver means for the engine.</summary>
    protected virtual Exception Translated(Exception e)
    {
        if (PostgresErrors.IsInterrupt(e))
        {
            return cancellation.IsCancellationRequested
                ? new OperationCanceledException("The run was cancelled.", e)
                : new DatabaseUnavailableException(
                    $"{Name} did not answer within {settings.StatementTimeout?.TotalSeconds} s (--timeout).",
                    "Allow more time with --timeout, or find out what keeps the server busy.",
                    e
                );
        }

        return PostgresErrors.IsBusy(e)
            ? PostgresErrors.Locked(Name, holder: null, e)
            : PostgresErrors.Unavailable(Name, e);
    }
}
