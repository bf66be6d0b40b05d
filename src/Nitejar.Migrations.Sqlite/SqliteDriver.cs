using FluentMigrator;
using FluentMigrator.Runner.Generators.SQLite;
using Nitejar.Migrations.Sqlite.Files;
using Nitejar.Migrations.Sqlite.FluentMigrations;
using Nitejar.Migrations.Sqlite.Sessions;
using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Sqlite;

/// <summary>SQLite, by Microsoft.Data.Sqlite.</summary>
public sealed class SqliteDriver : IDatabaseDriver
{
    private SqliteDriver() { }

    /// <summary>The driver, which has no state.</summary>
    public static SqliteDriver Instance { get; } = new();

    /// <inheritdoc />
    public DatabaseProvider Provider => DatabaseProvider.Sqlite;

    /// <inheritdoc />
    public string Name => "SQLite";

    /// <inheritdoc />
    public IConnectionText Connections => SqliteConnectionForms.Instance;

    /// <inheritdoc />
    public IDatabaseFiles Files => SqliteFiles.Instance;

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
            Nowhere = $"Data Source={MigrationConnection.Mask}/{MigrationConnection.Mask}",
            Script = new ScriptWords(
                Name,
                "CURRENT_TIMESTAMP",
                static table => new SqliteDialect(table)
            ),
        };
}
