using System.CommandLine;
using Nitejar.Migrations.Cli.Output;
using Nitejar.Migrations.Engine.Schemas;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary><c>schema</c></summary>
internal static class SchemaCommand
{
    public static Command Create(CommandContext context)
    {
        var format = new Option<string>("--format")
        {
            Description = "table, sql or json (default: table)",
            HelpName = "FORMAT",
        };
        format.AcceptOnlyFromAmong("table", "sql", "json");
        var command = new Command("schema", "Show what the database looks like; reads only")
        {
            format,
        };
        var options = new DatabaseOptions(command);
        command.SetAction(parsed =>
        {
            var settings = context.Resolve(options.Read(parsed));
            using var reader = settings.Target.ToDatabase().OpenReader(settings.LockTimeout);
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
