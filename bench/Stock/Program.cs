using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using Nitejar.Migrations;

// Applies what is pending in the PostgreSQL database that the only argument names, without writing to the terminal.
using var services = new ServiceCollection()
    .AddFluentMigratorCore()
    .ConfigureRunner(builder =>
        builder
            .AddPostgres15_0()
            .WithGlobalConnectionString(args[0])
            .ScanIn(typeof(CoreTables).Assembly)
            .For.Migrations()
    )
    .BuildServiceProvider();
using var scope = services.CreateScope();
scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
