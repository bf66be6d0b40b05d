using System.Text;

namespace Nitejar.Migrations.Hosting.Commands.Shells;

/// <summary>The parts that scripts for bash and zsh have in common.</summary>
internal static class ShellCases
{
    /// <summary>Puts the commands among the words that are typed already into <c>path</c>, each behind a blank.</summary>
    /// <param name="commands">Those that there are.</param>
    /// <param name="typed">The typed words, in the shell's notation.</param>
    public static string Path(IReadOnlyList<CompletedCommand> commands, string typed)
    {
        var known = commands
            .Where(command => command.Path.Length > 0)
            .Select(command => $"\" {command.Path}\"");
        return $$"""
              for word in {{typed}}; do
                case "$path $word" in {{string.Join('|', known)}}) path="$path $word" ;; esac
              done

            """;
    }

    /// <summary>What follows an option that takes a value, which may be another one for another command.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="typed">The path of the command, a blank and the word before, in the shell's notation.</param>
    /// <param name="files">What to do for a file.</param>
    /// <param name="values">What to do for one of some values.</param>
    /// <param name="nothing">What to do for anything else.</param>
    public static string Values(
        IReadOnlyList<CompletedCommand> commands,
        string typed,
        string files,
        Func<string, string> values,
        string nothing
    )
    {
        var text = new StringBuilder($"  case {typed} in\n");
        foreach (
            var option in commands
                .SelectMany(command =>
                    command
                        .Options.Where(option => option.TakesValue)
                        .Select(option => (Command: command, Option: option))
                )
                .GroupBy(one => one.Option.Names[0])
        )
        {
            var usual = ActionFor(option.First().Option);
            foreach (var (command, other) in option)
            {
                if (ActionFor(other) is var action && action != usual)
                {
                    Add(text, other.Names.Select(name => $"\" {command.Path} {name}\""), action);
                }
            }

            Add(text, option.First().Option.Names.Select(name => $"*\" {name}\""), usual);
        }

        return text.Append("  esac\n").ToString();

        string ActionFor(CompletedOption option) =>
            option.TakesFile ? files
            : option.Values.Count > 0 ? values(string.Join(' ', option.Values))
            : nothing;
    }

    /// <summary>The words that may follow each command.</summary>
    public static string Words(
        IReadOnlyList<CompletedCommand> commands,
        string before,
        string after,
        string files
    )
    {
        var text = new StringBuilder("  case $path in\n");
        foreach (var command in commands)
        {
            var path = command.Path.Length == 0 ? "" : " " + command.Path;
            var more = command.TakesFile ? $"; {files}" : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $"    \"{path}\") {before}{string.Join(' ', command.Words)}{after}{more} ;;\n"
            );
        }

        return text.Append("  esac\n").ToString();
    }

    private static void Add(StringBuilder text, IEnumerable<string> patterns, string action) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"    {string.Join('|', patterns)}) {action} ;;\n"
        );
}
