using System.CommandLine;
using Nitejar.Migrations.Hosting.Output;

namespace Nitejar.Migrations.Hosting.Commands.Options;

/// <summary>The options about output, which every command has.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _json = Flag("--json", "Answer with one JSON document");
    private readonly Option<bool> _quiet = Flag("--quiet", "Say nothing but errors", "-q");
    private readonly Option<bool> _verbose = Flag(
        "--verbose",
        "Show SQL as it is executed, and stack traces",
        "-v"
    );
    private readonly Option<bool> _noColor = Flag(
        "--no-color",
        "No colours (also: NO_COLOR, TERM=dumb)"
    );

    /// <summary>Adds them to the root and all that is below it.</summary>
    public void AddTo(RootCommand root)
    {
        root.Add(_json);
        root.Add(_quiet);
        root.Add(_verbose);
        root.Add(_noColor);
    }

    /// <summary>Sets the terminal accordingly.</summary>
    public void Apply(ParseResult parsed, Terminal terminal)
    {
        terminal.IsJson = parsed.GetValue(_json);
        terminal.IsQuiet = parsed.GetValue(_quiet);
        terminal.IsVerbose = parsed.GetValue(_verbose);
        terminal.AllowsColor =
            !parsed.GetValue(_noColor)
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
    }

    private static Option<bool> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Recursive = true };
}
