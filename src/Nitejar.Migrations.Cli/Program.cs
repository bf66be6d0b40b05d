using Nitejar.Migrations;
using Nitejar.Migrations.Cli;
using Nitejar.Migrations.Cli.Commands;
using Nitejar.Migrations.Cli.Output;
using Nitejar.Migrations.Cli.Process;

ProcessStart.Prepare();
return CommandLine.Run(
    args,
    new CommandContext(
        Terminal.OfProcess(),
        static () => MigrationIndex.All,
        Environment.GetEnvironmentVariable
    )
);
