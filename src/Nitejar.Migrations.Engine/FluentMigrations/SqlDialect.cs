using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Generators;
using FluentMigrator.Runner.Generators.Postgres;
using FluentMigrator.Runner.Generators.SQLite;
using FluentMigrator.Runner.Processors.Postgres;
using Microsoft.Extensions.Options;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Postgres.Sessions;
using Nitejar.Migrations.Engine.Databases.Postgres.Sql;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sessions;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>FluentMigrator's generator for one kind of database, the names by which migrations ask for it, and its lexer.</summary>
/// <param name="Generator">Writes the SQL, in strict mode: what the database cannot do is an error, not a silent gap.</param>
/// <param name="DatabaseType">The name that stock FluentMigrator's processor has.</param>
/// <param name="Aliases">Further names that <c>IfDatabase</c> knows it by.</param>
/// <param name="EndOf">Reads how a text of SQL ends.</param>
/// <param name="RemedyFor">What an expression asks for that the database cannot do, and what does it instead; <see langword="null"/> where nothing does.</param>
/// <param name="BatchesOf">Splits a text into what is executed one after the other; usually it stays whole.</param>
internal sealed record SqlDialect(
    IMigrationGenerator Generator,
    string DatabaseType,
    IList<string> Aliases,
    Func<string, SqlTextEnd> EndOf,
    Func<IMigrationExpression, (string Problem, string NextStep)?> RemedyFor,
    Func<string, IReadOnlyList<string>> BatchesOf
)
{
    /// <summary>How scripts for reviewers are written.</summary>
    public required ScriptWords Script { get; init; }

    public static SqlDialect For(DatabaseProvider provider) =>
        provider switch
        {
            DatabaseProvider.Sqlite => new SqlDialect(
                new SQLiteGenerator(new SQLiteQuoter(), Strict()),
                ProcessorIdConstants.SQLite,
                [],
                SqliteTextEnd.Of,
                SqliteRemedies.Of,
                SqlBatches.Of
            )
            {
                Script = new ScriptWords(
                    "SQLite",
                    SqliteDialect.Instance.CreateVersionInfo,
                    "\"VersionInfo\"",
                    "CURRENT_TIMESTAMP"
                ),
            },
            DatabaseProvider.Postgres => new SqlDialect(
                new PostgresSqlGenerator(Strict()),
                ProcessorIdConstants.PostgreSQL15_0,
                [ProcessorIdConstants.PostgreSQL15_0, ProcessorIdConstants.PostgreSQL],
                PostgresTextEnd.Of,
                static _ => null,
                static sql => [sql]
            )
            {
                Script = new ScriptWords(
                    "PostgreSQL",
                    new PostgresDialect(PostgresDialect.Public).CreateVersionInfo,
                    "\"public\".\"VersionInfo\"",
                    "(now() at time zone 'UTC')"
                ),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(provider)),
        };

    private static OptionsWrapper<GeneratorOptions> Strict() =>
        new(new GeneratorOptions { CompatibilityMode = CompatibilityMode.STRICT });
}
