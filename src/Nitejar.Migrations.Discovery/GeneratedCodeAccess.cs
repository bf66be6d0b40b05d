using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery;

/// <summary>What a class of the same project, in another file, may name and call.</summary>
internal sealed class GeneratedCodeAccess(Compilation compilation)
{
    /// <summary>Returns why no instance of the class can be made, as a clause behind a colon, or <see langword="null"/>.</summary>
    public string? WhyNotCreatable(INamedTypeSymbol type)
    {
        if (Around(type).Any(static t => t.IsFileLocal))
        {
            return "it is local to its file; remove the modifier 'file'";
        }

        if (Around(type).Any(static t => t.IsGenericType))
        {
            return "it has type parameters, or stands in a class that has them; derive a class without them from it";
        }

        if (!compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))
        {
            return "it is private or protected, or stands in a class that is; make it internal or public";
        }

        if (Constructor(type) is not { } constructor)
        {
            return "it needs one constructor that is internal or public, without parameters or with classes and interfaces that generated code can name";
        }

        if (Around(type).Any(IsForbidden) || IsForbidden(constructor))
        {
            return "[Obsolete] makes its use an error; make that a warning or remove the class";
        }

        return HasRequiredMembers(type) && !Has(constructor, "SetsRequiredMembersAttribute")
            ? "it has required members, which the runner does not set; remove the modifier 'required'"
            : null;
    }

    /// <summary>Returns whether the type can be written in generated code, its type arguments included.</summary>
    public bool CanName(ITypeSymbol? type) =>
        type switch
        {
            null => false,
            IArrayTypeSymbol array => CanName(array.ElementType),
            INamedTypeSymbol { IsUnboundGenericType: true } named => CanName(
                named.OriginalDefinition
            ),
            INamedTypeSymbol named => !Around(named)
                .Any(static t => t.IsFileLocal || IsForbidden(t))
                && compilation.IsSymbolAccessibleWithin(
                    named.OriginalDefinition,
                    compilation.Assembly
                )
                && Around(named)
                    .SelectMany(static t => t.TypeArguments)
                    .All(a =>
                        a is ITypeParameterSymbol { ContainingSymbol: INamedTypeSymbol }
                        || CanName(a)
                    ),
            _ => false,
        };

    /// <summary>Returns whether generated code may call or set the member.</summary>
    public bool CanUse(ISymbol? member) =>
        member is not null && compilation.IsSymbolAccessibleWithin(member, compilation.Assembly);

    /// <summary>Returns the types that the constructor of a class wants, as generated code names them; empty where it wants none.</summary>
    public IEnumerable<string> WantedBy(INamedTypeSymbol type) =>
        Constructor(type)
            ?.Parameters.Where(IsWanted)
            .Select(static p =>
                p.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)
                    .ToDisplayString(AttributeSource.TypeFormat)
            )
        ?? [];

    private static bool IsWanted(IParameterSymbol parameter) =>
        !parameter.IsOptional && !parameter.IsParams;

    /// <summary>One that wants nothing comes first; of several others the compiler could not tell which is meant.</summary>
    private IMethodSymbol? Constructor(INamedTypeSymbol type)
    {
        var callable = type.InstanceConstructors.Where(CanUse).ToArray();
        return callable.FirstOrDefault(static c => c.Parameters.IsEmpty)
            ?? Only(callable.Where(static c => !c.Parameters.Any(IsWanted)))
            ?? Only(callable.Where(CanBeServed));
    }

    private bool CanBeServed(IMethodSymbol constructor) =>
        constructor
            .Parameters.Where(IsWanted)
            .All(p => p.RefKind == RefKind.None && p.Type.IsReferenceType && CanName(p.Type));

    private static IMethodSymbol? Only(IEnumerable<IMethodSymbol> constructors)
    {
        var found = constructors.Take(2).ToArray();
        return found.Length == 1 ? found[0] : null;
    }

    private static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }

    private static bool IsForbidden(ISymbol symbol) =>
        symbol
            .GetAttributes()
            .Any(static a =>
                a.AttributeClass.Is("System.ObsoleteAttribute")
                && a.ConstructorArguments.Any(static c => c.Value is true)
            );

    private static bool HasRequiredMembers(INamedTypeSymbol type) =>
        type.AndBaseTypes()
            .SelectMany(static t => t.GetMembers())
            .Any(static m =>
                m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }
            );

    private static bool Has(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().Any(a => a.AttributeClass?.Name == attribute);
}
