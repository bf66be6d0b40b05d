using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery.Rows;

/// <summary>
/// Writes the call that keeps the properties of a type. An anonymous type has no name, but one with the same properties
/// in the same order is the same type throughout a project, so generated code makes an instance of it.
/// </summary>
internal sealed class RowWriter(GeneratedCodeAccess access)
{
    /// <summary>Returns the call, or <see langword="null"/> where generated code cannot write the type.</summary>
    public string? Keep(ITypeSymbol type) =>
        type.IsAnonymousType
            ? Default(type) is { } instance
                ? $"Keep({instance});"
                : null
            : access.CanName(type)
                ? $"Keep<{Name(type)}>();"
                : null;

    /// <summary>Returns whether FluentMigrator takes the value as it is: SQL, or a dictionary.</summary>
    public static bool IsReadWithoutReflection(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String
        || type.Is("FluentMigrator.RawSql")
        || type.AllInterfaces.Any(IsDictionary)
        || (type is INamedTypeSymbol named && IsDictionary(named));

    private static bool IsDictionary(INamedTypeSymbol type) =>
        type is { Name: "IDictionary", TypeArguments.Length: 2 }
        && type.TypeArguments[0].SpecialType == SpecialType.System_String
        && type.TypeArguments[1].SpecialType == SpecialType.System_Object;

    private string? Default(ITypeSymbol type)
    {
        if (!type.IsAnonymousType)
        {
            return type.TypeKind == TypeKind.Dynamic ? "default(object)"
                : access.CanName(type) ? $"default({Name(type)})"
                : null;
        }

        var properties = type.GetMembers()
            .OfType<IPropertySymbol>()
            .Select(p => (p.Name, Value: Default(p.Type)))
            .ToArray();
        return properties.Any(static p => p.Value is null)
            ? null
            : $"new {{ {string.Join(", ", properties.Select(static p => $"{AttributeSource.Escaped(p.Name)} = {p.Value}"))} }}";
    }

    private static string Name(ITypeSymbol type) =>
        type.ToDisplayString(AttributeSource.TypeFormat);
}
