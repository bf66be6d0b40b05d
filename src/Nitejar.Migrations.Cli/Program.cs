using Nitejar.Migrations;
using Nitejar.Migrations.Cli;
using Nitejar.Migrations.Hosting;

return MigrateHost.Run(args, static () => MigrationIndex.All, NitejarHost.Configure);
