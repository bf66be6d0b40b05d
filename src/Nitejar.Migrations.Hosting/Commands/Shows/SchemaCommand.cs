using System.CommandLine;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output.Schemas;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Shows;

/// <summary><c>schema</c></summary>
internal static class SchemaCommand
{
    public static Command Create(CommandContext context)
    {
        var format = SharedOptions.OneOf("--format", "How to show it", "table", "sql", "json");
        var command = new Command("schema", "Show what the database looks like; reads only")
        {
            format,
        };
        var options = new DatabaseOptions(command);
        command.SetAction(parsed =>
            Showing.Run(
                context,
                () =>
                    Show(
                        context,
                        context.Resolve(options.ReadTolerantly(parsed)),
                        parsed.GetValue(format)
                    )
            )
        );
        return command;
    }

    private static ExitCode Show(CommandContext context, Settings settings, string? format)
    {
        var database = context.DatabaseOf(settings);
        using var reader = context.OpenReader(settings, database);
        var terminal = context.Terminal;
        if (reader is null)
        {
            terminal.Note($"{database.Name} does not exist yet");
        }

        terminal.Data(
            (terminal.IsJson ? "json" : format) switch
            {
                "json" => SchemaJson.Of(terminal, Read()),
                "sql" => Lines(reader?.ReadSchemaScript() ?? []),
                _ => SchemaTable.Of(Read()),
            }
        );
        return ExitCode.Success;

        DatabaseSchema Read() => reader?.ReadSchema() ?? DatabaseSchema.Empty;
    }

    private static string Lines(IReadOnlyList<string> statements) =>
        string.Join('\n', [.. statements, ""]);
}
