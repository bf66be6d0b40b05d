using System.Data;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Schema;
using Nitejar.Migrations.Postgres.Schema.Scripts;
using Nitejar.Migrations.Postgres.Sessions;
using Npgsql;

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

    /// <inheritdoc cref="IDatabase.BeginOver"/>
    public PostgresMigrationSession? BeginRun(TransactionSettings run, CancellationToken ending)
    {
        if (WhyReadOnly is { } readOnly)
        {
            throw readOnly;
        }

        return this.Translate(() => Opened.TryBeginRun(SessionStart.ForRun(Schema, run)))
            ? PostgresMigrationSession.Begin(Opened, run, ending)
            : null;
    }

    public string DigestSchema(IReadOnlyList<string> sql) =>
        PostgresSchemaDigest.Of(Connection, Schema, VersionTableInSchema, sql);

    public IReadOnlyList<string> ReadSchemaScript() =>
        PostgresSchemaScript.Read(Connection, Schema, VersionTableInSchema);

    /// <summary>Foreign keys, sequences, types and functions are statements of their own.</summary>
    public bool HasWholeDefinitions => false;

    /// <summary>Reads the names of the schemas that are not the server's own, in ordinal order.</summary>
    public IReadOnlyList<string> ReadSchemaNames() =>
        this.Translate(() =>
            Connection.Query(
                """
                SELECT nspname::text FROM pg_catalog.pg_namespace
                WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY nspname::text COLLATE "C"
                """,
                row => row.GetString(0)
            )
        );

    public DatabaseUnavailableException? WhyReadOnly => Opened.WhyReadOnly;

    public DatabaseUnavailableException? WhyNoScratch => Opened.WhyNoScratch;

    public string? ReadRemark() =>
        Opened.Facts.IsStandby ? StandbyState.Read(Connection).ToWords(Name) : null;

    public void Run(Action use)
    {
        try
        {
            try
            {
                use();
            }
            catch (PostgresException e) when (MayReadAgain(e))
            {
                use();
            }
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

    /// <summary>What a standby takes over from its primary ends reads that are in its way. In a transaction nothing more can be read.</summary>
    private bool MayReadAgain(PostgresException e) =>
        Opened.Facts.IsStandby
        && !IsPooled
        && PostgresErrors.IsOfRecovery(e)
        && Connection.State == ConnectionState.Open;

    protected virtual void Dispose(bool disposing) => Opened.Dispose();

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
