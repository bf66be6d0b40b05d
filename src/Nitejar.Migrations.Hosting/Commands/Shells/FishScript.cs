using System.Text;

namespace Nitejar.Migrations.Hosting.Commands.Shells;

/// <summary>Completion for fish: <c>nitejar-migrate completion fish | source</c>.</summary>
internal static class FishScript
{
    public static string Of(CompletedProgram program)
    {
        var complete = $"complete -c {program.Name}";
        var known = program
            .Commands.Where(command => command.Path.Length > 0)
            .Select(command => Quote(command.Path));
        var text = new StringBuilder(
            $$"""
            # Completion of {{program.Name}} for fish. In config.fish: {{program.Name}} completion fish | source
            function __{{program.Identifier}}_at
                set -l path
                for word in (commandline -opc)[2..]
                    contains -- (string join -- ' ' $path $word) {{string.Join(
                ' ',
                known
            )}}; and set -a path $word
                end
                test "$path" = "$argv"
            end
            {{complete}} -f

            """
        );
        foreach (var command in program.Commands)
        {
            var condition = $"-n '__{program.Identifier}_at {command.Path}'";
            foreach (var (word, meaning) in command.Commands)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{complete} {condition} -a {word} -d {Quote(meaning)}\n"
                );
            }

            foreach (var option in command.Options)
            {
                var names = option.Names.Select(name =>
                    name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}"
                    : name.Length == 2 ? $"-s {name[1]}"
                    : $"-o {name[1..]}"
                );
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{complete} {condition} {string.Join(' ', names)}{Value(option)} -d {Quote(option.Meaning)}\n"
                );
            }

            if (command.TakesFile)
            {
                text.Append(CultureInfo.InvariantCulture, $"{complete} {condition} -F\n");
            }
        }

        return text.ToString();
    }

    private static string Value(CompletedOption option) =>
        (option.TakesValue, option.TakesFile, option.Values.Count > 0) switch
        {
            (false, _, _) => "",
            (true, true, _) => " -r -F",
            (true, false, true) => $" -x -a {Quote(string.Join(' ', option.Values))}",
            (true, false, false) => " -x",
        };

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
