using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery;

/// <summary>A class that names FluentMigrator's table of applied versions, as its own runner finds it: public, by the interface.</summary>
/// <param name="DisplayName">The class as messages name it.</param>
/// <param name="Source">The expression that makes it.</param>
/// <param name="WantsServices">Whether its constructor wants something that only the program has.</param>
internal sealed record VersionTableClass(string DisplayName, string Source, bool WantsServices)
{
    private const string Conventions = "new global::FluentMigrator.Runner.DefaultConventionSet()";
    private const string Options =
        "new global::Microsoft.Extensions.Options.OptionsWrapper<global::FluentMigrator.Runner.Initialization.RunnerOptions>(new global::FluentMigrator.Runner.Initialization.RunnerOptions())";

    /// <summary>Returns whether the class names such a table.</summary>
    public static bool Is(INamedTypeSymbol type) =>
        !type.IsAbstract
        && type.AllInterfaces.Any(static i => i.Is(FluentMigratorTypes.VersionTable));

    /// <summary>Returns why it cannot be told that the class is meant, as a clause, or <see langword="null"/>.</summary>
    public static string? WhyNot(INamedTypeSymbol type, GeneratedCodeAccess access) =>
        !IsPublic(type) ? "is not public, so that FluentMigrator's own runner does not find it"
        : access.WhyNotCreatable(type) is { } reason ? $"cannot be created: {reason}"
        : null;

    /// <summary>Returns what the index says of the class.</summary>
    public static VersionTableClass Of(INamedTypeSymbol type, GeneratedCodeAccess access)
    {
        var name = type.ToDisplayString();
        var wanted = access.WantedBy(type).Select(w => ArgumentFor(w, name)).ToArray();
        return new VersionTableClass(
            name,
            $"new {type.ToDisplayString(AttributeSource.TypeFormat)}({string.Join(", ", wanted)})",
            wanted.Any(static w => w != Conventions && w != Options)
        );
    }

    /// <summary>What FluentMigrator's own class of such tables wants needs no program.</summary>
    private static string ArgumentFor(string type, string name) =>
        type switch
        {
            "global::FluentMigrator.Runner.Conventions.IConventionSet" => Conventions,
            "global::Microsoft.Extensions.Options.IOptions<global::FluentMigrator.Runner.Initialization.RunnerOptions>" =>
                Options,
            _ => IndexSource.ServiceOf(type, name),
        };

    private static bool IsPublic(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.DeclaredAccessibility != Accessibility.Public)
            {
                return false;
            }
        }

        return true;
    }
}
