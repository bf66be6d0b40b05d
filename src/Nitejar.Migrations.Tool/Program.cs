using Nitejar.Migrations;
using Nitejar.Migrations.Cli;
using Nitejar.Migrations.Hosting;
using Nitejar.Migrations.Tool;

return MigrateHost.Run(
    args,
    static () => MigrationIndex.All,
    static host =>
    {
        NitejarHost.Configure(host);
        host.Libraries(MigrationLibraries.Load);
    }
);
