using FluentMigrator;
using Nitejar.Migrations.Hosting.Commands;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting;

/// <summary>A console program that applies and reverts the migrations of a project.</summary>
public static class MigrateHost
{
    /// <summary>Runs the program: all of its <c>Main</c>.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="migrations">The project's migrations, as the generated <c>MigrationIndex.All</c> lists them. Asked for once a command needs them.</param>
    /// <param name="configure">Names the program and the databases that it supports.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidOperationException">No driver was named: the program could reach no database.</exception>
    public static int Run(
        string[] args,
        Func<IEnumerable<(MigrationAttribute, Attribute[], string, Func<IMigration>)>> migrations,
        Action<MigrateHostBuilder> configure
    )
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(migrations);
        ArgumentNullException.ThrowIfNull(configure);
        ProcessStart.Prepare();
        var builder = new MigrateHostBuilder();
        configure(builder);
        return CommandLine.Run(
            args,
            new CommandContext(Terminal.OfProcess(), migrations, builder.Build())
        );
    }
}
