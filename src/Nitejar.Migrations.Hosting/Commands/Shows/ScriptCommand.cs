using System.CommandLine;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Shows;

/// <summary><c>script up</c> and <c>script down</c></summary>
internal static class ScriptCommand
{
    public static Command Create(CommandContext context) =>
        new("script", "Print SQL for a reviewer, without a database")
        {
            Create(context, Direction.Up, "The SQL that applies migrations"),
            Create(context, Direction.Down, "The SQL that reverts migrations"),
        };

    private static Command Create(CommandContext context, Direction direction, string description)
    {
        var isUp = direction == Direction.Up;
        var from = SharedOptions.Version(
            "--from",
            isUp
                ? "The version that the database has (default: none)"
                : "The version that the database has (default: the newest)"
        );
        var to = SharedOptions.Version(
            "--to",
            isUp
                ? "The version that it will have (default: the newest)"
                : "The version that it will have (default: none)"
        );
        var drivers = context.Program.Drivers;
        var provider = SharedOptions.OneOf(
            "--provider",
            "Whose SQL",
            [.. drivers.Select(driver => Words.Of(driver.Provider))]
        );

        var tags = SharedOptions.Tags();
        var command = new Command(Words.Of(direction), description) { from, to, provider, tags };

        command.SetAction(parsed =>
            Showing.Run(
                context,
                () =>
                    Show(
                        context,
                        new ScriptRange(direction, parsed.GetValue(from), parsed.GetValue(to))
                        {
                            Tags = parsed.GetValue(tags) ?? [],
                        },
                        drivers.First(driver =>
                            parsed.GetValue(provider) is not { } word
                            || Words.Of(driver.Provider) == word
                        )
                    )
            )
        );
        return command;
    }

    private static ExitCode Show(CommandContext context, ScriptRange range, IDatabaseDriver driver)
    {
        var sql = new MigrationScripter(context.LoadCatalog(), driver).Write(range);
        context.Terminal.Data(
            context.Terminal.IsJson
                ? JsonAnswer.Of(
                    context.Terminal,
                    Ending.Success,
                    json =>
                    {
                        json.WriteString("direction", Words.Of(range.Direction));
                        json.WriteString("provider", Words.Of(driver.Provider));
                        json.WriteString("sql", sql);
                    }
                )
                : sql
        );
        return ExitCode.Success;
    }
}
