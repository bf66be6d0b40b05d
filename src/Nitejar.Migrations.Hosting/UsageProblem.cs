using System.CommandLine;
using System.CommandLine.Parsing;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Commands;
using Nitejar.Migrations.Hosting.Configuration.Values;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting;

/// <summary>Says what is wrong with a command line, and repeats nothing of it that could be a secret.</summary>
internal static class UsageProblem
{
    /// <summary>What is wrong, in the order of what helps most.</summary>
    public static InvalidRequestException Of(ParseResult parsed, HostedProgram program)
    {
        var path = CommandPath.Of(parsed);
        var help = $"{program.Name} {(path.Length > 0 ? $"{path} " : "")}--help";
        return new InvalidRequestException(
            (
                parsed.Tokens.Any(IsDirective)
                    ? "There are no directives: what begins with [ is neither a command nor an option."
                    : OptionProblemOf(parsed)
            )
                ?? SubcommandProblemOf(parsed, parsed.CommandResult.Command)
                ?? ArgumentProblemOf(parsed)
                ?? parsed.Errors[0].Message,
            $"See `{help}`."
        );
    }

    /// <summary>
    /// The library would drop one that it does not know, and run the command: <c>[suggest:3] up</c>, which programs for
    /// completion call, would migrate.
    /// </summary>
    public static bool IsDirective(Token token) => token.Type == TokenType.Directive;

    /// <summary>The library would call a misspelt option an argument, or a command.</summary>
    private static string? OptionProblemOf(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [['-', _, ..] unknown, ..])
        {
            return null;
        }

        // What follows the sign is the value, and may be a secret.
        var name = unknown.Split('=', ':')[0];
        var command = parsed.CommandResult.Command;
        var root = parsed.RootCommandResult.Command;
        string[] known = [.. NamesOf(command), .. NamesOf(root)];
        var isBeforeCommand =
            known.Contains(name)
            || (command == root && root.Subcommands.SelectMany(NamesOf).Contains(name));
        return isBeforeCommand
            ? $"{name} has to stand after the command."
            : $"There is no option {ShownOption(name, known)}{Suggestion(name, parsed, known)}.";
    }

    /// <summary>The option that was probably meant, or else the commands that have one of this name.</summary>
    private static string Suggestion(string name, ParseResult parsed, string[] known)
    {
        if (NearestWord.To(name, known) is { } near)
        {
            return $"; the nearest is {near}";
        }

        string[] others =
        [
            .. parsed
                .RootCommandResult.Command.Subcommands.Where(other => NamesOf(other).Contains(name))
                .Select(other => other.Name),
        ];
        return others.Length == 0 ? "" : $" here; it belongs to {string.Join(", ", others)}";
    }

    /// <summary>Behind a single dash, the value may follow the letter: <c>-pSECRET</c>.</summary>
    private static string ShownOption(string name, string[] known) =>
        known.Any(option => NearestWord.IsNear(name, option))
        || (name.StartsWith("--", StringComparison.Ordinal) && PlainWord.Is(name))
            ? name
        : name.StartsWith("--", StringComparison.Ordinal) ? "of that name"
        : name[..Math.Min(name.Length, 2)];

    /// <summary>The library would repeat an argument that is too many, and that could be a secret.</summary>
    private static string? ArgumentProblemOf(ParseResult parsed) =>
        parsed.UnmatchedTokens.Any(token => !PlainWord.Is(token))
            ? $"There is an argument that {parsed.CommandResult.Command.Name} does not take."
            : null;

    private static IEnumerable<string> NamesOf(Command command) =>
        command.Options.SelectMany(option => option.Aliases.Prepend(option.Name));

    /// <summary>The library would say "Required command was not provided" of a misspelt one too.</summary>
    private static string? SubcommandProblemOf(ParseResult parsed, Command command)
    {
        if (command.Subcommands.Count == 0)
        {
            return null;
        }

        var names = command.Subcommands.Select(sub => sub.Name).ToArray();
        var all = $"there are {string.Join(", ", names)}";
        return parsed.UnmatchedTokens is not [var unknown, ..] ? $"No command was given; {all}."
            : PlainWord.Is(unknown)
                ? $"There is no command {unknown}; {(NearestWord.To(unknown, names) is { } near ? $"the nearest is {near}" : all)}."
            : $"There is no command of that name; {all}.";
    }
}
