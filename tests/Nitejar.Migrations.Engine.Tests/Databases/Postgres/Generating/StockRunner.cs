using FluentMigrator;
using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using Nitejar.Migrations.Engine.Catalog;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Generating;

/// <summary>FluentMigrator's own runner with the migrations of a catalog.</summary>
internal static class StockRunner
{
    public static void Up(ThrowawayDatabase database, MigrationCatalog catalog)
    {
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(builder =>
                builder.AddPostgres15_0().WithGlobalConnectionString(database.ConnectionString)
            )
            .AddScoped<IMigrationInformationLoader>(_ => new Loader(catalog))
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
    }

    private sealed class Loader(MigrationCatalog catalog) : IMigrationInformationLoader
    {
        public SortedList<long, IMigrationInfo> LoadMigrations() =>
            new(
                catalog.All.ToDictionary(
                    known => known.Id.Version,
                    IMigrationInfo (known) =>
                        new MigrationInfo(
                            known.Id.Version,
                            known.Id.Name,
                            TransactionBehavior.Default,
                            isBreakingChange: false,
                            known.Create
                        )
                )
            );
    }
}
