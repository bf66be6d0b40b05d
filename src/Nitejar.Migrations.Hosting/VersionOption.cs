using System.CommandLine;
using Nitejar.Migrations.Hosting.Commands;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Commands.Shows;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting;

/// <summary><c>--version</c>; the library's own knows no JSON.</summary>
internal static class VersionOption
{
    /// <summary>Adds it to the root, in the place of the library's.</summary>
    public static void AddTo(RootCommand root, CommandContext context)
    {
        root.Options.Remove(root.Options.OfType<System.CommandLine.VersionOption>().Single());
        var version = SharedOptions.Flag("--version", "Show version information");
        root.Add(version);
        root.SetAction(parsed =>
            parsed.GetValue(version) ? Showing.Run(context, () => Show(context))
            : parsed.Tokens.Count > 0 ? throw UsageProblem.Of(parsed, context.Program)
            : ShowHelp(root, context.Terminal)
        );
    }

    /// <summary>Of a call without arguments, help is what is missing: it goes where errors go.</summary>
    private static int ShowHelp(RootCommand root, Terminal terminal)
    {
        using var help = new StringWriter();
        root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = help });
        terminal.Note(help.ToString().TrimEnd('\n'));
        return (int)ExitCode.Usage;
    }

    private static ExitCode Show(CommandContext context)
    {
        var terminal = context.Terminal;
        terminal.Command = "version";
        terminal.Data(
            terminal.IsJson
                ? JsonAnswer.Of(
                    terminal,
                    Ending.Success,
                    json => json.WriteString("version", context.Program.Version)
                )
                : context.Program.Version + "\n"
        );
        return ExitCode.Success;
    }
}
