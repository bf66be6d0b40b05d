using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nitejar.Migrations.Discovery;

/// <summary>Writes an attribute of a class as the expression that makes it: <c>new Own(2024) { Named = true }</c>.</summary>
internal static class AttributeSource
{
    /// <summary>How generated code writes a type.</summary>
    public static readonly SymbolDisplayFormat TypeFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
        );

    /// <summary>Returns the expression.</summary>
    public static string Of(AttributeData attribute)
    {
        var arguments = attribute.AttributeConstructor!.Parameters.Zip(
            attribute.ConstructorArguments,
            static (parameter, argument) => ToSource(argument, parameter.Type)
        );
        var named = attribute
            .NamedArguments.Select(a => $"{Escaped(a.Key)} = {ToSource(a.Value, a.Value.Type)}")
            .ToArray();
        return $"new {attribute.AttributeClass!.ToDisplayString(TypeFormat)}({string.Join(", ", arguments)})"
            + (named.Length == 0 ? "" : $" {{ {string.Join(", ", named)} }}");
    }

    /// <summary>Returns whether the compiler has rejected the attribute where it is written.</summary>
    public static bool IsWrong(AttributeData attribute) =>
        attribute.AttributeConstructor is null
        || attribute.ConstructorArguments.Any(IsWrong)
        || attribute.NamedArguments.Any(static a => IsWrong(a.Value));

    /// <summary>Returns whether generated code may write everything that the attribute is made of.</summary>
    public static bool CanBeWritten(AttributeData attribute, GeneratedCodeAccess access) =>
        access.CanName(attribute.AttributeClass)
        && access.CanUse(attribute.AttributeConstructor)
        && attribute.ConstructorArguments.All(a => CanBeWritten(a, access))
        && attribute.NamedArguments.All(a =>
            CanBeWritten(a.Value, access) && access.CanUse(Member(attribute.AttributeClass, a.Key))
        );

    private static ISymbol? Member(INamedTypeSymbol? type, string name) =>
        type.AndBaseTypes()
            .SelectMany(t => t.GetMembers(name))
            .Select(static m => m is IPropertySymbol property ? (ISymbol?)property.SetMethod : m)
            .FirstOrDefault(static m => m is not null);

    private static bool IsWrong(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error
        || (
            constant is { Kind: TypedConstantKind.Array, IsNull: false }
            && constant.Values.Any(IsWrong)
        );

    private static bool CanBeWritten(TypedConstant constant, GeneratedCodeAccess access) =>
        constant.IsNull
        || constant.Kind switch
        {
            TypedConstantKind.Array => access.CanName(constant.Type)
                && constant.Values.All(v => CanBeWritten(v, access)),
            TypedConstantKind.Enum => access.CanName(constant.Type),
            TypedConstantKind.Type => access.CanName(constant.Value as ITypeSymbol),
            TypedConstantKind.Primitive => true,
            TypedConstantKind.Error => false,
            _ => throw new ArgumentOutOfRangeException(nameof(constant)),
        };

    /// <summary>Writes a value with the type of its parameter, so that no other overload takes it.</summary>
    private static string ToSource(TypedConstant constant, ITypeSymbol? target)
    {
        var type = target!.ToDisplayString(TypeFormat);
        if (constant.IsNull)
        {
            return $"({type})null";
        }

        var isExact = SymbolEqualityComparer.Default.Equals(constant.Type, target);
        return constant switch
        {
            { Kind: TypedConstantKind.Enum } => Cast(
                type,
                isExact,
                constant,
                Literal(constant.Value!)
            ),
            { Kind: TypedConstantKind.Type } => Boxed(
                type,
                isExact,
                $"typeof({((ITypeSymbol)constant.Value!).ToDisplayString(TypeFormat)})"
            ),
            { Kind: TypedConstantKind.Array } => Boxed(type, isExact, ArrayOf(constant)),
            { Value: string or bool or long or char } => Boxed(
                type,
                isExact,
                Literal(constant.Value)
            ),
            _ => Cast(type, isExact, constant, Literal(constant.Value!)),
        };
    }

    private static string ArrayOf(TypedConstant array)
    {
        var element = ((IArrayTypeSymbol)array.Type!).ElementType;
        var values = array.Values.Select(v => ToSource(v, element));
        return $"new {element.ToDisplayString(TypeFormat)}[] {{ {string.Join(", ", values)} }}";
    }

    private static string Boxed(string type, bool isExact, string source) =>
        isExact ? source : $"({type}){source}";

    private static string Cast(string type, bool isExact, TypedConstant constant, string literal) =>
        Boxed(
            type,
            isExact,
            $"({constant.Type!.ToDisplayString(TypeFormat)})"
                + (literal[0] == '-' ? $"({literal})" : literal)
        );

    private static string Literal(object value) =>
        value switch
        {
            string text => SymbolDisplay.FormatLiteral(text, quote: true),
            char letter => SymbolDisplay.FormatLiteral(letter, quote: true),
            bool flag => flag ? "true" : "false",
            long number => number.ToString(CultureInfo.InvariantCulture) + "L",
            double number => Floating(
                number,
                number.ToString("R", CultureInfo.InvariantCulture) + "D"
            ),
            float number => Floating(
                number,
                number.ToString("R", CultureInfo.InvariantCulture) + "F"
            ),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

    private static string Floating(double value, string literal) =>
        double.IsNaN(value) ? "(0D / 0D)"
        : double.IsPositiveInfinity(value) ? "(1D / 0D)"
        : double.IsNegativeInfinity(value) ? "(-1D / 0D)"
        : literal;

    /// <summary>Returns a name as it is written where it could be a keyword.</summary>
    public static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
