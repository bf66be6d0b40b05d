using System.Text;

namespace Nitejar.Migrations.Cli.Commands.Shells;

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

    /// <summary>What follows an option that takes a value.</summary>
    public static string Values(
        IReadOnlyList<CompletedCommand> commands,
        string previous,
        string files,
        Func<string, string> values,
        string nothing
    )
    {
        var options = commands
            .SelectMany(command => command.Options)
            .Where(option => option.TakesValue)
            .DistinctBy(option => option.Names[0])
            .ToArray();
        var text = new StringBuilder($"  case {previous} in\n");
        Add(text, options.Where(option => option.TakesFile), files);
        foreach (var option in options.Where(option => option.Values.Count > 0))
        {
            Add(text, [option], values(string.Join(' ', option.Values)));
        }

        Add(text, options.Where(option => !option.TakesFile && option.Values.Count == 0), nothing);
        return text.Append("  esac\n").ToString();
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

    private static void Add(StringBuilder text, IEnumerable<CompletedOption> options, string action)
    {
        var names = string.Join('|', options.SelectMany(option => option.Names));
        if (names.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {names}) {action} ;;\n");
        }
    }
}
