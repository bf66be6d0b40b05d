using System.Text;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>Replaces <c>${VARIABLE}</c> in migrations.json by environment variables. There are no defaults as in a shell.</summary>
internal static class References
{
    /// <exception cref="InvalidRequestException">A variable is not set, is no name, or a brace is not closed.</exception>
    public static string Expand(
        string text,
        ChosenEnvironment environment,
        Func<string, string?> variable
    )
    {
        var expanded = new StringBuilder();
        var rest = text.AsSpan();
        while (rest.IndexOf(ReferenceSyntax.Start, StringComparison.Ordinal) is var start and >= 0)
        {
            var end = rest[start..].IndexOf('}');
            if (end < 0)
            {
                throw new InvalidRequestException(
                    $"Environment {environment.Name} in {environment.File}: a ${{ is not closed.",
                    "Write ${VARIABLE}."
                );
            }

            var name = rest[(start + 2)..(start + end)].ToString();
            expanded.Append(rest[..start]).Append(ValueOf(name, environment, variable));
            rest = rest[(start + end + 1)..];
        }

        return expanded.Append(rest).ToString();
    }

    private static string ValueOf(
        string name,
        ChosenEnvironment environment,
        Func<string, string?> variable
    )
    {
        if (name.Length > 0 && variable(name) is { Length: > 0 } value)
        {
            return value;
        }

        var known = ReferenceSyntax.NameOf(name);
        if (known != name)
        {
            // What follows the name could be a secret.
            throw new InvalidRequestException(
                $"Environment {environment.Name} in {environment.File}: ${{{known}...}} holds more than the name of a variable.",
                "Write ${VARIABLE}, with letters, digits and underscores and without a default."
            );
        }

        throw new InvalidRequestException(
            $"Environment {environment.Name} in {environment.File} refers to ${{{name}}}, which is not set.",
            $"Set the variable {name}, or choose another environment with --environment."
        );
    }
}
