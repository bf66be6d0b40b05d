using System.Globalization;
using Nitejar.Migrations.Bench;
using Nitejar.Migrations.Hosting;
using Nitejar.Migrations.Hosting.Commands;
using Nitejar.Migrations.Hosting.Output;

const string Variable = "NITEJAR_BENCH_MIGRATIONS";
if (
    !int.TryParse(
        Environment.GetEnvironmentVariable(Variable),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var count
    )
)
{
    Console.Error.WriteLine($"{Variable} has to say how many migrations this program knows.");
    return 2;
}

return CommandLine.Run(
    args,
    new CommandContext(
        Terminal.OfProcess(),
        () => OneTable.Catalog(count),
        Environment.GetEnvironmentVariable
    )
);
