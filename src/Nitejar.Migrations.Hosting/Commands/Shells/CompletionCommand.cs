using System.CommandLine;
using Nitejar.Migrations.Hosting.Commands.Shows;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Shells;

/// <summary><c>completion bash</c>, <c>completion zsh</c> and <c>completion fish</c></summary>
internal static class CompletionCommand
{
    public static Command Create(CommandContext context) =>
        new("completion", "Print a script with which a shell completes this program's words")
        {
            Create(context, "bash", BashScript.Of),
            Create(context, "zsh", ZshScript.Of),
            Create(context, "fish", FishScript.Of),
        };

    private static Command Create(
        CommandContext context,
        string shell,
        Func<CompletedProgram, string> script
    )
    {
        var command = new Command(shell, $"For {shell}");
        command.SetAction(parsed =>
            Showing.Run(
                context,
                () =>
                {
                    var text = script(
                        new CompletedProgram(
                            context.Program.Name,
                            CompletedCommand.AllOf(parsed.RootCommandResult.Command)
                        )
                    );
                    context.Terminal.Data(
                        context.Terminal.IsJson
                            ? JsonAnswer.Of(
                                context.Terminal,
                                Ending.Success,
                                json => json.WriteString("script", text)
                            )
                            : text
                    );
                    return ExitCode.Success;
                }
            )
        );
        return command;
    }
}
