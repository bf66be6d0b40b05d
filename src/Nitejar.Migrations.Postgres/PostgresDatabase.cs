using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Running;
using Nitejar.Migrations.Postgres.Scratch;
using Nitejar.Migrations.Postgres.Sessions;

namespace Nitejar.Migrations.Postgres;

/// <summary>A PostgreSQL database.</summary>
/// <param name="target">Which one, and how it is reached. Nothing is opened yet.</param>
public sealed class PostgresDatabase(PostgresTarget target) : IDatabase
{
    private PostgresTarget _target = target;

    /// <inheritdoc />
    public IDatabaseDriver Driver => PostgresDriver.Instance;

    /// <inheritdoc />
    public string Name => _target.Name;

    /// <inheritdoc />
    public string? File => null;

    /// <inheritdoc />
    public string? Warning =>
        _target.IsUnverified
            ? $"{Name} is reached over the network without a check of the server's certificate; add SSL Mode=VerifyFull (sslmode=verify-full)."
            : null;

    /// <inheritdoc />
    public VersionTable VersionTable
    {
        get => _target.VersionTable;
        init => _target = _target with { VersionTable = value };
    }

    /// <inheritdoc />
    public bool IsSame(IDatabase other) =>
        other is PostgresDatabase server && _target.IsSame(server._target);

    /// <summary>PostgreSQL has tools of its own: pg_dump, pg_basebackup.</summary>
    public ICopies? Copies => null;

    /// <summary>Only its server can tell.</summary>
    public void RequireReachable() { }

    /// <inheritdoc />
    public ISchemas? Schemas => new PostgresSchemas(this, _target);

    /// <inheritdoc />
    public string? ReadProgress() => PostgresProgress.Read(_target);

    string? IDatabase.Schema => _target.Schema == PostgresDialect.Public ? null : _target.Schema;

    MigrationConnection IDatabase.Connection => _target.ForMigrations();

    IReadSession? IDatabase.OpenToRead(
        TransactionSettings settings,
        CancellationToken cancellation
    ) => Read(settings, cancellation);

    internal PostgresReadSession Read(
        TransactionSettings settings,
        CancellationToken cancellation
    ) =>
        new(
            PostgresConnections.OpenToRead(
                _target,
                SessionStart.ForReads(_target.Schema, settings)
            ),
            settings,
            cancellation
        );

    IScratchDatabase IDatabase.CreateScratch() =>
        new PostgresScratchDatabase(_target, static scratch => new PostgresDatabase(scratch));

    IMigrationSession IDatabase.Begin(TransactionSettings settings, CancellationToken cancellation)
    {
        var connection = PostgresConnections.Open(
            _target,
            SessionStart.ForRun(_target.Schema, settings)
        );
        try
        {
            if (connection.WhyReadOnly is { } readOnly)
            {
                throw readOnly;
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return PostgresMigrationSession.Begin(connection, settings, cancellation);
    }

    IMigrationSession? IDatabase.BeginOver(
        IReadSession reader,
        TransactionSettings settings,
        CancellationToken cancellation
    ) => ((PostgresReadSession)reader).BeginRun(settings, cancellation);
}
