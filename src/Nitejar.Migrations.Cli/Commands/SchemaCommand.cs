using System.CommandLine;
using Nitejar.Migrations.Cli.Output;
using Nitejar.Migrations.Engine.Schemas;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary><c>schema</c></summary>
internal static class SchemaCommand
{
    public static Command Create(CommandContext context)
    {
        var format = Options.OneOf("--format", "How to show it", "table", "sql", "json");
        var command = new Command("schema", "Show what the database looks like; reads only")
        {
            format,
        };
        var options = new DatabaseOptions(command);
        command.SetAction(parsed =>
        {
            var settings = context.Resolve(options.Read(parsed));
            var database = context.DatabaseOf(settings);
            using var reader = database.OpenReader(
                context.ReadingWaits(settings, database),
                CancellationToken.None
            );
            if (reader is null)
            {
                context.Terminal.Note($"{database.Name} does not exist yet");
            }

            var schema = reader?.ReadSchema() ?? new DatabaseSchema([], []);
            var terminal = context.Terminal;
            terminal.Data(
                (terminal.IsJson ? "json" : parsed.GetValue(format)) switch
                {
                    "json" => SchemaView.ToJson(schema),
                    "sql" => SchemaView.ToSql(schema),
                    _ => SchemaView.ToText(schema),
                }
            );
            return (int)ExitCode.Success;
        });
        return command;
    }
}
