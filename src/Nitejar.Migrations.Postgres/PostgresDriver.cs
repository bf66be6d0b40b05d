using FluentMigrator;
using FluentMigrator.Runner;
using Nitejar.Migrations.Postgres.FluentMigrations;
using Nitejar.Migrations.Postgres.Sessions;
using Nitejar.Migrations.Postgres.Sql;

namespace Nitejar.Migrations.Postgres;

/// <summary>PostgreSQL, by Npgsql.</summary>
public sealed class PostgresDriver : IDatabaseDriver
{
    private PostgresDriver() { }

    /// <summary>The driver, which has no state.</summary>
    public static PostgresDriver Instance { get; } = new();

    /// <inheritdoc />
    public DatabaseProvider Provider => DatabaseProvider.Postgres;

    /// <inheritdoc />
    public string Name => "PostgreSQL";

    /// <inheritdoc />
    public IConnectionText Connections => PostgresConnectionForms.Instance;

    /// <summary>A server has them.</summary>
    public IDatabaseFiles? Files => null;

    /// <inheritdoc />
    SqlGeneration IDatabaseDriver.Generation =>
        new(
            new PostgresSqlGenerator(SqlGeneration.Options(CompatibilityMode.STRICT)),
            ProcessorIdConstants.PostgreSQL15_0,
            [
                ProcessorIdConstants.PostgreSQL15_0,
                ProcessorIdConstants.PostgreSQL,
                // FluentMigrator's own processor for 15.0 does not know this one, and passes over what is for it.
                ProcessorIdConstants.Postgres,
            ],
            PostgresTextEnd.Of,
            static _ => null,
            static sql => [sql]
        )
        {
            AnswersForSequences = true,
            Nowhere =
                $"Host={MigrationConnection.Mask};Database={MigrationConnection.Mask};Username={MigrationConnection.Mask};Password={MigrationConnection.Mask}",
            Script = new ScriptWords(
                Name,
                "(now() at time zone 'UTC')",
                static table => new PostgresDialect(PostgresDialect.Public, table)
            ),
        };
}
