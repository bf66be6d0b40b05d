using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>Ends what a session executes when the run is cancelled, until it is disposed.</summary>
internal sealed class PostgresInterrupt : IDisposable
{
    private readonly CancellationTokenRegistration _registration;

    public PostgresInterrupt(
        PostgresConnection connection,
        PostgresScript script,
        CancellationToken cancellation
    ) =>
        _registration = cancellation.Register(
            connection.IsPooled ? script.Cancel : () => Cancel(connection)
        );

    public void Dispose() => _registration.Dispose();

    /// <summary>
    /// By another connection: the session's own is busy with the statement. A pooler might not have another one, so there the
    /// pooler is asked, and only for a statement of a migration.
    /// </summary>
    private static void Cancel(PostgresConnection connection)
    {
        try
        {
            using var other = PostgresConnections.Open(connection.Target);
            other.Execute("SELECT pg_cancel_backend(@pid)", ("@pid", connection.Facts.BackendId));
        }
        catch (Exception e) when (e is MigrateException || PostgresErrors.IsOfDriver(e))
        {
            // The run ends with its statement then, since it looks for the cancellation after each.
        }
    }
}
