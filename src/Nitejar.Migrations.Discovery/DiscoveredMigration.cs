using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nitejar.Migrations.Discovery;

/// <summary>What the generator keeps of a migration class: text only, so that the compiler can cache it.</summary>
internal sealed record DiscoveredMigration(
    long Version,
    string Name,
    string FullName,
    string Attribute,
    bool IsConstructible,
    bool IsTagged,
    LocationInfo Location
)
{
    public static DiscoveredMigration From(GeneratorAttributeSyntaxContext found)
    {
        var type = (INamedTypeSymbol)found.TargetSymbol;
        var attribute = found.Attributes[0];
        var arguments = attribute.ConstructorArguments.Select(ToSource);
        var version = attribute
            .ConstructorArguments.Select(a => a.Value)
            .OfType<long>()
            .FirstOrDefault();
        var named = attribute
            .NamedArguments.Select(a => $"{a.Key} = {ToSource(a.Value)}")
            .ToArray();

        return new DiscoveredMigration(
            version,
            type.Name,
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            $"new global::FluentMigrator.MigrationAttribute({string.Join(", ", arguments)})"
                + (named.Length == 0 ? "" : $" {{ {string.Join(", ", named)} }}"),
            !type.IsAbstract && type.InstanceConstructors.Any(c => c.Parameters.Length == 0),
            type.GetAttributes().Any(a => a.AttributeClass?.Name == "TagsAttribute"),
            LocationInfo.Of(found.TargetNode)
        );
    }

    private static string ToSource(TypedConstant constant) =>
        constant switch
        {
            { IsNull: true } => "null",
            { Kind: TypedConstantKind.Enum } => string.Format(
                CultureInfo.InvariantCulture,
                "(global::{0}){1}",
                constant.Type!.ToDisplayString(),
                constant.Value
            ),
            { Value: string text } => SymbolDisplay.FormatLiteral(text, quote: true),
            { Value: bool flag } => flag ? "true" : "false",
            _ => Convert.ToString(constant.Value, CultureInfo.InvariantCulture) + "L",
        };
}
