using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Commands.Options;

/// <summary>Makes the options that several commands share the shape of.</summary>
internal static class SharedOptions
{
    /// <summary>A switch.</summary>
    public static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description };

    /// <summary><c>--no-backup</c></summary>
    public static Option<bool> NoBackup(string what) =>
        Flag("--no-backup", $"Take no backup of a SQLite database before {what}");

    /// <summary>The path of a file.</summary>
    public static Option<string> File(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "FILE" };
        option.Validators.Add(result => RequireFileName(result, name));
        return option;
    }

    /// <summary>As <see cref="File"/>, without a name of its own before it.</summary>
    public static Argument<string> FileArgument(string description)
    {
        var argument = new Argument<string>("FILE") { Description = description };
        argument.Validators.Add(result => RequireFileName(result, "FILE"));
        return argument;
    }

    /// <summary>A migration's version.</summary>
    public static Option<long?> Version(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "VERSION",
            CustomParser = argument => ParseVersion(name, argument),
        };

    /// <summary>A count of at least one.</summary>
    public static Option<int?> Steps(string description) =>
        new("--steps")
        {
            Description = description,
            HelpName = "N",
            CustomParser = ParseSteps,
        };

    /// <summary><c>--tags</c></summary>
    public static Option<string[]> Tags() =>
        new("--tags")
        {
            Description = "Also choose migrations that have these tags: A,B",
            HelpName = "TAGS",
            CustomParser = ParseTags,
        };

    /// <summary><c>--transaction</c></summary>
    public static Option<string> Transaction() =>
        OneOf(
            "--transaction",
            "What is committed together",
            CommitUnits.Run,
            CommitUnits.Migration
        );

    /// <summary>One word of a few; the first is the default.</summary>
    public static Option<string> OneOf(string name, string description, params string[] words) =>
        new(name)
        {
            Description = $"{description}: {string.Join(", ", words)} (default {words[0]})",
            HelpName = name.TrimStart('-').ToUpperInvariant(),
            CustomParser = argument =>
            {
                var word = argument.Tokens[0].Value;
                if (!words.Contains(word))
                {
                    var given = PlainWord.Is(word) ? $", not {word}" : "";
                    argument.AddError($"{name} knows {string.Join(", ", words)}{given}.");
                }

                return word;
            },
            CompletionSources = { _ => words.Select(word => new CompletionItem(word)) },
        };

    /// <summary>Refuses two options that mean different things.</summary>
    public static void Exclude(Command command, params Option[] options) =>
        command.Validators.Add(result =>
        {
            var given = options
                .Where(option => result.GetResult(option) is { Implicit: false })
                .ToArray();
            if (given.Length > 1)
            {
                result.AddError($"{given[0].Name} and {given[1].Name} exclude each other.");
            }
        });

    /// <summary>A version is the leading number of a file name, so the whole name is taken too.</summary>
    public static long? ToVersion(string text)
    {
        var underscore = text.IndexOf('_', StringComparison.Ordinal);
        var number = underscore < 0 ? text : text[..underscore];
        return
            long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && version > 0
            ? version
            : null;
    }

    /// <summary>U+FFFD is what the runtime makes of bytes that are not UTF-8: the file of that name would be another one.</summary>
    public static void RequireFileName(SymbolResult result, string name)
    {
        if (
            result.Tokens.Any(token =>
                token.Value.Length == 0 || token.Value.Any(c => char.IsControl(c) || c == '\uFFFD')
            )
        )
        {
            result.AddError(
                $"{name} wants the path of a file, without control characters and in UTF-8."
            );
        }
    }

    private static long? ParseVersion(string name, ArgumentResult argument)
    {
        var version = ToVersion(argument.Tokens[0].Value);
        if (version is null)
        {
            argument.AddError($"{name} wants a version such as 20240501120000.");
        }

        return version;
    }

    private static string[] ParseTags(ArgumentResult argument)
    {
        string[] tags =
        [
            .. argument.Tokens.SelectMany(token =>
                token.Value.Split(',', StringSplitOptions.TrimEntries)
            ),
        ];
        if (tags.Any(tag => tag.Length == 0 || tag.Any(char.IsControl)))
        {
            argument.AddError("--tags wants names with commas between them, such as A,B.");
        }

        return tags;
    }

    private static int? ParseSteps(ArgumentResult argument)
    {
        var isCount =
            int.TryParse(
                argument.Tokens[0].Value,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var steps
            )
            && steps > 0;
        if (!isCount)
        {
            argument.AddError("--steps wants a number of migrations, at least 1.");
        }

        return isCount ? steps : null;
    }
}
