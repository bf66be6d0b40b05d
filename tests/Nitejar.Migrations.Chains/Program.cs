using FluentMigrator;
using Nitejar.Migrations.Chains;
using Nitejar.Migrations.Hosting;
using Nitejar.Migrations.Hosting.Commands;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Process;
using Nitejar.Tests.Chains;
using Nitejar.Tests.Expressions;

const string Variable = "NITEJAR_CHAIN";
const string Classes = "classes";
if (Environment.GetEnvironmentVariable(Variable) is not { } file)
{
    Console.Error.WriteLine($"{Variable} has to name the file of a chain, or be {Classes}.");
    return 2;
}

ProcessStart.Prepare();
if (file == Classes)
{
    return CommandLine.Run(
        args,
        new CommandContext(
            Terminal.OfProcess(),
            static () => MigrationIndex.All,
            Environment.GetEnvironmentVariable
        )
    );
}

if (file.StartsWith(ExpressionCase.Prefix, StringComparison.Ordinal))
{
    var expression = ExpressionTable.All.Single(e =>
        e.Name == file[ExpressionCase.Prefix.Length..]
    );
    return CommandLine.Run(
        args,
        new CommandContext(
            Terminal.OfProcess(),
            () =>
                [
                    .. expression.Migrations.Select(migration =>
                        (
                            new MigrationAttribute(migration.Version),
                            Array.Empty<Attribute>(),
                            migration.Name,
                            migration.Create
                        )
                    ),
                ],
            Environment.GetEnvironmentVariable
        )
    );
}

var chain = ChainJson.Read(File.ReadAllText(file));
return CommandLine.Run(
    args,
    new CommandContext(
        Terminal.OfProcess(),
        () =>
            [
                .. chain.Migrations.Select(migration =>
                    (
                        new MigrationAttribute(migration.Version),
                        Array.Empty<Attribute>(),
                        migration.Name,
                        (Func<IMigration>)(() => InterpretedMigration.Of(migration))
                    )
                ),
            ],
        Environment.GetEnvironmentVariable
    )
);
