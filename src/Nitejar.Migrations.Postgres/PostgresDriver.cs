using FluentMigrator;
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
    SqlGeneration IDatabaseDriver.Generation =>
        new(
            new PostgresSqlGenerator(SqlGeneration.Strict),
            ProcessorIdConstants.PostgreSQL15_0,
            [ProcessorIdConstants.PostgreSQL15_0, ProcessorIdConstants.PostgreSQL],
            PostgresTextEnd.Of,
            static _ => null,
            static sql => [sql]
        )
        {
            AnswersForSequences = true,
            Script = new ScriptWords(
                "PostgreSQL",
                new PostgresDialect(PostgresDialect.Public).CreateVersionInfo,
                "\"public\".\"VersionInfo\"",
                "(now() at time zone 'UTC')"
            ),
        };
}
