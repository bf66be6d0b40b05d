using System.CommandLine;
using System.CommandLine.Completions;

namespace Nitejar.Migrations.Hosting.Commands.Shells;

/// <summary>A word that may be typed, and what it means.</summary>
internal sealed record CompletedWord(string Word, string Meaning);

/// <summary>An option of a command.</summary>
/// <param name="Names">Its name and its aliases.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="TakesValue">Whether a value follows.</param>
/// <param name="Values">The only values that there are; empty where others may be given.</param>
/// <param name="TakesFile">Whether the value may be a file.</param>
internal sealed record CompletedOption(
    IReadOnlyList<string> Names,
    string Meaning,
    bool TakesValue,
    IReadOnlyList<string> Values,
    bool TakesFile
);

/// <summary>A program whose words are completed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Commands">Every command, the program itself first.</param>
internal sealed record CompletedProgram(string Name, IReadOnlyList<CompletedCommand> Commands)
{
    /// <summary>The name as shells allow it for a function.</summary>
    public string Identifier =>
        string.Concat(Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}

/// <summary>What may follow a command.</summary>
/// <param name="Path">The command with those above it, without the program: <c>archive list</c>; empty for the program itself.</param>
/// <param name="Commands">The commands below it.</param>
/// <param name="Options">Its options, and those of all commands.</param>
/// <param name="TakesFile">Whether it takes a file.</param>
internal sealed record CompletedCommand(
    string Path,
    IReadOnlyList<CompletedWord> Commands,
    IReadOnlyList<CompletedOption> Options,
    bool TakesFile
)
{
    private static readonly string[] Files = ["FILE", "CONNECTION"];

    /// <summary>Every word that may follow.</summary>
    public IEnumerable<string> Words =>
        Commands.Select(command => command.Word).Concat(Options.SelectMany(option => option.Names));

    /// <summary>Returns every command, the program itself first.</summary>
    public static IReadOnlyList<CompletedCommand> AllOf(Command root) => [.. Below(root, "", root)];

    private static IEnumerable<CompletedCommand> Below(Command command, string path, Command root)
    {
        yield return new CompletedCommand(
            path,
            [
                .. WordsOf(command, root)
                    .Select(word => new CompletedWord(word.Name, word.Description ?? "")),
            ],
            [
                .. command
                    .Options.Concat(root.Options.Where(option => option.Recursive))
                    .Distinct()
                    .Select(ToOption),
            ],
            command.Arguments.Any(argument => argument.Name == "FILE")
        );
        foreach (var sub in command.Subcommands)
        {
            foreach (var found in Below(sub, $"{path} {sub.Name}".TrimStart(), root))
            {
                yield return found;
            }
        }
    }

    /// <summary>The commands below a command; of <c>help</c>, which takes any, those of the program.</summary>
    private static IEnumerable<Command> WordsOf(Command command, Command root) =>
        command.Arguments.Any(argument => argument.Name == "COMMAND")
            ? root.Subcommands
            : command.Subcommands;

    private static CompletedOption ToOption(Option option)
    {
        var takesValue = option.ValueType != typeof(bool) && option.HelpName is not null;
        return new CompletedOption(
            [
                option.Name,
                .. option.Aliases.Where(alias =>
                    alias != option.Name && alias is ['-', not '?', ..]
                ),
            ],
            option.Description ?? "",
            takesValue,
            takesValue
                ? [.. option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)]
                : [],
            takesValue && Files.Contains(option.HelpName)
        );
    }
}
