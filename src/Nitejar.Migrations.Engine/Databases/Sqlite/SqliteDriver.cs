using FluentMigrator;
using FluentMigrator.Runner.Generators.SQLite;
using Nitejar.Migrations.Engine.Databases.Sqlite.FluentMigrations;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sessions;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>SQLite, by Microsoft.Data.Sqlite.</summary>
public sealed class SqliteDriver : IDatabaseDriver
{
    private SqliteDriver() { }

    /// <summary>The driver, which has no state.</summary>
    public static SqliteDriver Instance { get; } = new();

    /// <inheritdoc />
    public DatabaseProvider Provider => DatabaseProvider.Sqlite;

    /// <inheritdoc />
    SqlGeneration IDatabaseDriver.Generation =>
        new(
            new SQLiteGenerator(new SQLiteQuoter(), SqlGeneration.Strict),
            ProcessorIdConstants.SQLite,
            [],
            SqliteTextEnd.Of,
            SqliteRemedies.Of,
            SqlBatches.Of
        )
        {
            AnswersForSequences = false,
            Script = new ScriptWords(
                "SQLite",
                SqliteDialect.Instance.CreateVersionInfo,
                "\"VersionInfo\"",
                "CURRENT_TIMESTAMP"
            ),
        };
}
