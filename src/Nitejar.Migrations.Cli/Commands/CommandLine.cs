using System.CommandLine;
using Nitejar.Migrations.Cli.Output;
using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary>Parses the command line, runs the command and turns whatever happens into an exit code.</summary>
internal static class CommandLine
{
    private const string Description = """
        Applies and reverts the migrations of Nitejar's database.

        Exit codes: 0 done or nothing to do, 1 a migration failed, 2 usage or configuration,
        3 pending migrations (status --check), 4 a check failed, 5 locked, 6 refused until somebody
        decides, 7 database unreachable or none, 130 and 143 interrupted.
        """;

    /// <summary>Runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, CommandContext context)
    {
        var output = new OutputOptions();
        var root = BuildTree(context, output);

        // No response files: an argument that starts with @ is an argument.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        output.Apply(parsed, context.Terminal);
        try
        {
            return parsed.Errors.Count > 0
                ? throw UsageErrorOf(parsed)
                : Invoke(parsed, context.Terminal);
        }
        catch (Exception failure)
        {
            return (int)
                ErrorReport.Write(context.Terminal, parsed.CommandResult.Command.Name, failure);
        }
    }

    private static RootCommand BuildTree(CommandContext context, OutputOptions output)
    {
        var root = new RootCommand(Description)
        {
            UpCommand.Create(context),
            DownCommand.Create(context),
            RedoCommand.Create(context),
            StatusCommand.Create(context),
            ScriptCommand.Create(context),
            SchemaCommand.Create(context),
            HistoryCommand.Create(context),
            NewCommand.Create(context),
        };
        output.AddTo(root);
        return root;
    }

    private static int Invoke(ParseResult parsed, Terminal terminal)
    {
        using var text = new StringWriter();
        var code = parsed.Invoke(
            new InvocationConfiguration
            {
                // The library would print stack traces, and force an exit two seconds after Ctrl+C.
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = text,
                Error = text,
            }
        );
        if (text.ToString() is { Length: > 0 } help)
        {
            terminal.Data(help);
        }

        return code;
    }

    private static InvalidRequestException UsageErrorOf(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var help =
            command is RootCommand
                ? "nitejar-migrate --help"
                : $"nitejar-migrate {command.Name} --help";
        return new InvalidRequestException(
            string.Join(" ", parsed.Errors.Select(error => error.Message).Distinct()),
            $"See `{help}`."
        );
    }
}
