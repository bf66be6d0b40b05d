using Nitejar.Migrations;
using Nitejar.Migrations.Hosting;
using Nitejar.Migrations.Hosting.Commands;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Process;

ProcessStart.Prepare();
return CommandLine.Run(
    args,
    new CommandContext(
        Terminal.OfProcess(),
        static () => MigrationIndex.All,
        Environment.GetEnvironmentVariable
    )
);
