using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery;

/// <summary>FluentMigrator's types, by their names: the generator does not load the package itself.</summary>
internal static class FluentMigratorTypes
{
    public const string Migration = "FluentMigrator.IMigration";
    public const string MigrationBase = "FluentMigrator.MigrationBase";
    public const string MigrationAttribute = "FluentMigrator.MigrationAttribute";
    public const string TimestampedMigrationAttribute =
        "FluentMigrator.TimestampedMigrationAttribute";
    public const string TagsAttribute = "FluentMigrator.TagsAttribute";
    public const string MaintenanceAttribute = "FluentMigrator.MaintenanceAttribute";
    public const string ProfileAttribute = "FluentMigrator.ProfileAttribute";
    public const string ConstraintAttribute =
        "FluentMigrator.Runner.Constraints.MigrationConstraintAttribute";

    public const string VersionTable =
        "FluentMigrator.Runner.VersionTableInfo.IVersionTableMetaData";

    public const string TraitAttribute = "FluentMigrator.MigrationTraitAttribute";

    /// <summary>The engine's own, which FluentMigrator does not read.</summary>
    public const string LosesDataAttribute = "Nitejar.Migrations.Engine.Catalog.LosesDataAttribute";

    public static bool IsMigration(this ITypeSymbol type) =>
        type.AllInterfaces.Any(static i => i.Is(Migration));

    /// <summary>Returns whether this is the type with that full name, and not one that derives from it.</summary>
    public static bool Is(this ITypeSymbol? type, string fullName) =>
        type is not null
        && fullName.EndsWith(type.MetadataName, System.StringComparison.Ordinal)
        && type.ToDisplayString() == fullName;

    /// <summary>Returns the type itself and what it derives from, nearest first.</summary>
    public static IEnumerable<INamedTypeSymbol> AndBaseTypes(this INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            yield return type;
        }
    }

    /// <summary>
    /// Returns the attributes that derive from the one with that full name and that reflection would find on the type:
    /// its own, and those of its base types that are inherited.
    /// </summary>
    public static IReadOnlyList<AttributeData> AttributesOf(
        this INamedTypeSymbol type,
        string fullName
    )
    {
        var found = new List<AttributeData>();
        foreach (var declaring in type.AndBaseTypes())
        {
            found.AddRange(
                declaring
                    .GetAttributes()
                    .Where(a => a.AttributeClass.AndBaseTypes().Any(t => t.Is(fullName)))
                    .Where(a =>
                        SymbolEqualityComparer.Default.Equals(declaring, type)
                        || (IsInherited(a) && !found.Any(f => Replaces(f, a)))
                    )
                    .ToArray()
            );
        }

        return found;
    }

    /// <summary>Returns whether classes that derive from the one with this attribute have it too.</summary>
    public static bool IsInherited(AttributeData attribute) =>
        Usage(attribute, "Inherited") ?? true;

    private static bool Replaces(AttributeData nearer, AttributeData farther) =>
        SymbolEqualityComparer.Default.Equals(nearer.AttributeClass, farther.AttributeClass)
        && !(Usage(farther, "AllowMultiple") ?? false);

    private static bool? Usage(AttributeData attribute, string property)
    {
        var usage = attribute
            .AttributeClass.AndBaseTypes()
            .Select(static t =>
                t.GetAttributes()
                    .FirstOrDefault(static a =>
                        a.AttributeClass.Is("System.AttributeUsageAttribute")
                    )
            )
            .FirstOrDefault(static a => a is not null);
        return usage
                ?.NamedArguments.Where(a => a.Key == property)
                .Select(a => a.Value.Value)
                .FirstOrDefault() as bool?;
    }
}
