using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Generators.SQLite;
using Nitejar.Migrations.Sqlite.Files;
using Nitejar.Migrations.Sqlite.FluentMigrations;
using Nitejar.Migrations.Sqlite.Sessions;
using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Sqlite;

/// <summary>SQLite, by Microsoft.Data.Sqlite.</summary>
public sealed class SqliteDriver : IDatabaseDriver
{
    private readonly SqliteOptions _options;

    /// <summary>Makes a driver whose SQL differs from the usual.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The compatibility is none of FluentMigrator's.</exception>
    public SqliteDriver(SqliteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        IsLoose = options.Compatibility switch
        {
            CompatibilityMode.STRICT => false,
            CompatibilityMode.LOOSE => true,
            _ => throw new ArgumentOutOfRangeException(nameof(options)),
        };
        Connections = new SqliteConnectionForms(this);
    }

    /// <summary>The usual driver.</summary>
    public static SqliteDriver Instance { get; } = new(new SqliteOptions());

    /// <inheritdoc />
    public DatabaseProvider Provider => DatabaseProvider.Sqlite;

    /// <inheritdoc />
    public string Name => "SQLite";

    /// <inheritdoc />
    public IConnectionText Connections { get; }

    /// <inheritdoc />
    public IDatabaseFiles Files => SqliteFiles.Instance;

    /// <inheritdoc />
    SqlGeneration IDatabaseDriver.Generation =>
        new(
            Generator(_options.Compatibility),
            ProcessorIdConstants.SQLite,
            [],
            SqliteTextEnd.Of,
            SqliteRemedies.Of,
            SqlBatches.Of
        )
        {
            Strict = IsLoose ? Generator(CompatibilityMode.STRICT) : null,
            Replace = _options.Replace,
            AnswersForSequences = false,
            Nowhere = $"Data Source={MigrationConnection.Mask}/{MigrationConnection.Mask}",
            Script = new ScriptWords(
                Name,
                "CURRENT_TIMESTAMP",
                static table => new SqliteDialect(table)
            ),
        };

    private bool IsLoose { get; }

    private SQLiteGenerator Generator(CompatibilityMode compatibility) =>
        new(
            new SQLiteQuoter(_options.BinaryGuid),
            _options.TypeMap ?? new SQLiteTypeMap(_options.StrictTables),
            SqlGeneration.Options(compatibility)
        );
}
