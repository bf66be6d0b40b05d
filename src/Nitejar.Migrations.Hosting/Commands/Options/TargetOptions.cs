using System.CommandLine;

namespace Nitejar.Migrations.Hosting.Commands.Options;

/// <summary><c>--target-schemas</c>: the same in several schemas of a database.</summary>
internal sealed class TargetOptions
{
    private readonly Option<string?> _schemas = new("--target-schemas")
    {
        Description =
            "Do it in each schema of PostgreSQL whose name matches, with * and ?, one after the other",
        HelpName = "PATTERN",
    };

    /// <param name="command">The command that gets it.</param>
    /// <param name="others">What is about one database, or about a file.</param>
    public TargetOptions(Command command, params Option[] others)
    {
        command.Add(_schemas);
        foreach (var other in others)
        {
            SharedOptions.Exclude(command, _schemas, other);
        }

        _schemas.Validators.Add(result =>
        {
            if (
                result.Tokens is [var token]
                && (token.Value.Length == 0 || token.Value.Any(char.IsControl))
            )
            {
                result.AddError("--target-schemas wants a pattern such as tenant_*.");
            }
        });
    }

    /// <summary>The pattern; <see langword="null"/> for the one schema of the connection.</summary>
    public string? Schemas(ParseResult parsed) => parsed.GetValue(_schemas);
}
