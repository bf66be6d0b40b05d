using FluentMigrator;
using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Conventions;
using FluentMigrator.Runner.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nitejar.Tests.Expressions;

namespace Nitejar.Migrations.Builds.Tests.Expressions;

/// <summary>FluentMigrator's own runner with the migrations of a case.</summary>
internal sealed class StockRun(string path, ExpressionCase expression)
{
    /// <summary>What the application says to <c>AddSQLite</c>; empty for nothing.</summary>
    public string Options { get; init; } = "";

    /// <summary>Applies up to a version.</summary>
    /// <returns>The SQL that was executed.</returns>
    public IReadOnlyList<string> Up(long version) => Use(runner => runner.MigrateUp(version));

    /// <summary>Reverts to a version.</summary>
    /// <returns>As for <see cref="Up"/>.</returns>
    public IReadOnlyList<string> Down(long version) => Use(runner => runner.MigrateDown(version));

    private IReadOnlyList<string> Use(Action<IMigrationRunner> use)
    {
        using var sql = new Sql();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(sql))
            .AddFluentMigratorCore()
            .ConfigureRunner(builder =>
                builder
                    .AddSQLite(
                        Options.Contains("binaryGuid", StringComparison.Ordinal),
                        Options.Contains("strictTables", StringComparison.Ordinal),
                        Options.Contains("loose", StringComparison.Ordinal)
                            ? CompatibilityMode.LOOSE
                            : null
                    )
                    .WithGlobalConnectionString(
                        $"Data Source={path};Pooling=False;Foreign Keys=True"
                    )
                    .ScanIn(typeof(ExpressionCase).Assembly)
                    .For.EmbeddedResources()
            )
            // It looks for scripts in the working directory, which is this folder for the native program.
            .AddSingleton<IConventionSet>(
                new DefaultConventionSet(defaultSchemaName: null, Path.GetDirectoryName(path))
            )
            .AddScoped<IMigrationInformationLoader>(_ => new Loader(expression))
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        use(scope.ServiceProvider.GetRequiredService<IMigrationRunner>());
        return [.. sql.Statements];
    }

    private sealed class Loader(ExpressionCase expression) : IMigrationInformationLoader
    {
        public SortedList<long, IMigrationInfo> LoadMigrations() =>
            new(
                expression.Migrations.ToDictionary(
                    migration => migration.Version,
                    IMigrationInfo (migration) =>
                        new MigrationInfo(
                            migration.Version,
                            migration.Name,
                            TransactionBehavior.Default,
                            isBreakingChange: false,
                            migration.Create
                        )
                )
            );
    }

    private sealed class Sql : ILoggerProvider, ILogger
    {
        public List<string> Statements { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (eventId == RunnerEventIds.Sql)
            {
                Statements.Add(state?.ToString() ?? "");
            }
        }

        public void Dispose() { }
    }
}
