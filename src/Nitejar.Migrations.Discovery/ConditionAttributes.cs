using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery;

/// <summary>The attributes of a migration that decide whether a run chooses it.</summary>
internal static class ConditionAttributes
{
    /// <summary>Returns tags and constraints of a class as FluentMigrator finds them.</summary>
    public static IEnumerable<AttributeData> Of(INamedTypeSymbol type) =>
        TagsOf(type).Concat(type.AttributesOf(FluentMigratorTypes.ConstraintAttribute));

    /// <summary>Returns what the index says of a class beside its version: its tags, and what it declares to lose.</summary>
    public static IEnumerable<AttributeData> Written(INamedTypeSymbol type) =>
        Of(type)
            .Concat(type.AttributesOf(FluentMigratorTypes.LosesDataAttribute))
            .Concat(type.AttributesOf(FluentMigratorTypes.TraitAttribute));

    /// <summary>Returns whether a class has tags, but none that a run could name.</summary>
    public static bool NamesNoTag(INamedTypeSymbol type)
    {
        var tags = TagsOf(type).ToArray();
        return tags.Length > 0 && tags.All(NamesNoTag);
    }

    /// <summary>Those of base classes and interfaces count too.</summary>
    private static IEnumerable<AttributeData> TagsOf(INamedTypeSymbol type) =>
        type
            .AllInterfaces.Insert(0, type)
            .SelectMany(static t => t.AttributesOf(FluentMigratorTypes.TagsAttribute));

    /// <summary>What a constructor of the project's own declares is known at run time only.</summary>
    private static bool NamesNoTag(AttributeData tags) =>
        tags.AttributeClass.Is(FluentMigratorTypes.TagsAttribute)
        && tags.ConstructorArguments.All(static a =>
            a is { Kind: TypedConstantKind.Array, IsNull: false, Values.IsEmpty: true }
            || a.Kind == TypedConstantKind.Enum
        );
}
