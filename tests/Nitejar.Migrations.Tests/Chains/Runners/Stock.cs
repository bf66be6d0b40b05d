using FluentMigrator;
using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains.Runners;

/// <summary>FluentMigrator's own runner with a chain for its migrations.</summary>
internal sealed class Stock(ChainTrial trial, Chain chain, string name = "stock")
{
    /// <summary>Whether references are checked while the migrations run.</summary>
    public bool ChecksReferences { get; init; } = true;

    /// <summary>Applies what is pending.</summary>
    public void Up() => Use(runner => runner.MigrateUp());

    /// <summary>Reverts the last ones.</summary>
    public void Down(int steps) => Use(runner => runner.Rollback(steps));

    private void Use(Action<IMigrationRunner> use)
    {
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(builder => trial.Place.Configure(builder, name, ChecksReferences))
            .AddScoped<IMigrationInformationLoader>(_ => new Loader(chain))
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        use(scope.ServiceProvider.GetRequiredService<IMigrationRunner>());
    }

    private sealed class Loader(Chain chain) : IMigrationInformationLoader
    {
        public SortedList<long, IMigrationInfo> LoadMigrations() =>
            new(
                chain.Migrations.ToDictionary(
                    migration => migration.Version,
                    IMigrationInfo (migration) =>
                        new MigrationInfo(
                            migration.Version,
                            migration.Name,
                            TransactionBehavior.Default,
                            isBreakingChange: false,
                            () => InterpretedMigration.Of(migration)
                        )
                )
            );
    }
}
