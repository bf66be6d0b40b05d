using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Help;

/// <summary>The help of a command: the library's own, and what belongs to it besides.</summary>
internal sealed class HelpScreen(HostedProgram program) : SynchronousCommandLineAction
{
    /// <summary>What a terminal at least has; a pipe is taken for one.</summary>
    private const int Columns = 80;

    private readonly HelpAction _library = new() { MaxWidth = Columns };

    /// <summary>Help is given whatever else is on the command line.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Makes it what <c>--help</c> shows.</summary>
    public static void AddTo(RootCommand root, HostedProgram program) =>
        root.Options.OfType<HelpOption>().Single().Action = new HelpScreen(program);

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        _library.Invoke(parseResult);
        Write(output, "Examples:", Examples.Of(CommandPath.Of(parseResult), program.Name));
        if (command is RootCommand)
        {
            Write(output, "Environment:", HelpTexts.EnvironmentOf(program));
        }

        if (command is RootCommand || HasDatabase(command))
        {
            Write(
                output,
                "Database, the first that is given of:",
                HelpTexts.DatabaseOf(program, hasDefault: command.Name != "restore")
            );
        }

        if (command is RootCommand)
        {
            Write(output, "Exit codes:", HelpTexts.ExitCodes);
        }

        return (int)ExitCode.Success;
    }

    /// <summary>Of what has these options, <c>verify</c> makes its databases itself.</summary>
    private static bool HasDatabase(Command command) =>
        command.Name != "verify" && command.Options.Any(option => option.Name == "--connection");

    private static void Write(TextWriter output, string title, string lines)
    {
        if (lines.Length > 0)
        {
            output.Write($"{title}\n  {lines.Replace("\n", "\n  ", StringComparison.Ordinal)}\n\n");
        }
    }
}
