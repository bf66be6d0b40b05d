using System.CommandLine;
using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Hosting.Commands.Help;

/// <summary><c>help</c>: the same as <c>--help</c> behind a command.</summary>
internal static class HelpCommand
{
    /// <param name="parse">Parses a command line.</param>
    public static Command Create(Func<IReadOnlyList<string>, ParseResult> parse)
    {
        var words = new Argument<string[]>("COMMAND")
        {
            Description = "The command; without one, all of them",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("help", "Show the help of a command") { words };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(words) ?? [];

            // Beside --help the library takes no word for wrong.
            var asked = parse([.. path, "--help"]);
            return
                asked.CommandResult.Command.Name
                == path.LastOrDefault(parsed.RootCommandResult.Command.Name)
                ? asked.Invoke(parsed.InvocationConfiguration)
                : throw new InvalidRequestException(
                    "There is no such command.",
                    "`help` lists the commands."
                );
        });
        return command;
    }
}
