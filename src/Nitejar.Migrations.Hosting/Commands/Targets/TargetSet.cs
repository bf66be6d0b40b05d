using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Configuration;

namespace Nitejar.Migrations.Hosting.Commands.Targets;

/// <summary>One of several databases, or schemas of one, that a command works on.</summary>
/// <param name="index">Its place among them, from 0.</param>
/// <param name="name">Which one.</param>
/// <param name="settings">How it is reached.</param>
internal sealed class Target(int index, string name, Settings settings)
{
    public int Index => index;

    public string Name => name;

    public Settings Settings => settings;
}

/// <summary>What a command works on, one after the other.</summary>
internal static class TargetSet
{
    private const int MostNamed = 5;

    /// <summary>Finds the schemas whose names match.</summary>
    /// <param name="context">The command's.</param>
    /// <param name="settings">Name the database.</param>
    /// <param name="pattern">See <see cref="NamePattern"/>.</param>
    /// <returns>At least one.</returns>
    /// <exception cref="InvalidRequestException">None matches, or the database has no schemas, or its connection names one.</exception>
    /// <exception cref="DatabaseUnavailableException">It cannot be read.</exception>
    public static Target[] Find(CommandContext context, Settings settings, string pattern)
    {
        var database = context.DatabaseOf(settings);
        if (settings.Database.Schemas is not { } schemas)
        {
            throw new InvalidRequestException(
                $"{database.Name} is a {database.Driver.Name} database, which has no schemas to choose from.",
                "Leave --target-schemas out, or name a PostgreSQL database."
            );
        }

        if (schemas.Named is { } named)
        {
            throw new InvalidRequestException(
                $"The connection names the schema {named}, and --target-schemas chooses schemas, too.",
                "Leave one of the two out."
            );
        }

        var all = database.Schemas!.ReadNames(
            context.ReadingWaits(settings, database),
            CancellationToken.None
        );
        var matching = new List<string>();
        foreach (var name in all)
        {
            if (NamePattern.Matches(pattern, name))
            {
                matching.Add(name);
            }
        }

        var targets = new Target[matching.Count];
        for (var index = 0; index < targets.Length; index++)
        {
            var name = matching[index];
            var target = settings with { Database = schemas.Choose(name) };
            targets[index] = new Target(index, name, target);
        }

        return targets.Length > 0
            ? targets
            : throw new InvalidRequestException(
                all.Count == 0
                    ? $"{database.Name} has no schema, so none matches {pattern}."
                    : $"No schema of {database.Name} matches {pattern}; there {(all.Count == 1 ? "is" : "are")} {Names(all)}.",
                "Correct --target-schemas, or create the schema first."
            );
    }

    /// <summary>A few of the names, with commas between them.</summary>
    public static string Names(IReadOnlyList<string> names)
    {
        var more = names.Count - MostNamed;
        return string.Join(", ", names.Take(MostNamed)).Replace('\n', ' ')
            + (more > 0 ? FormattableString.Invariant($" and {more} more") : "");
    }
}
