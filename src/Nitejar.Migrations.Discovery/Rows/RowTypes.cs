using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nitejar.Migrations.Discovery.Cached;

namespace Nitejar.Migrations.Discovery.Rows;

/// <summary>
/// Finds what becomes a row: <c>Insert.IntoTable("t").Row(new { id = 1 })</c>. A native program keeps no property that
/// is read by reflection alone, and FluentMigrator would then write a row without columns.
/// </summary>
internal static class RowTypes
{
    /// <summary>What <c>DynamicallyAccessedMemberTypes.PublicProperties</c> is.</summary>
    private const int PublicProperties = 0x200;

    private static readonly string[] s_methods = ["Row", "Rows", "Set", "Where"];

    /// <summary>Returns whether the syntax alone allows for a row.</summary>
    public static bool MayBeRow(SyntaxNode node) =>
        node is AnonymousObjectCreationExpressionSyntax
        || (
            node
                is InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: var name }
                }
            && s_methods.Contains(name)
        );

    /// <summary>Returns the types of rows at the node; an anonymous type counts wherever it is made, since it may become one.</summary>
    public static IEnumerable<RowType> At(
        GeneratorSyntaxContext context,
        CancellationToken cancellation
    )
    {
        var model = context.SemanticModel;
        var writer = new RowWriter(new GeneratedCodeAccess(model.Compilation));
        if (context.Node is AnonymousObjectCreationExpressionSyntax created)
        {
            return
                model.GetTypeInfo(created, cancellation).Type is { } type
                && writer.Keep(type) is { } kept
                ? [new RowType(kept, LocationInfo.Of(created))]
                : [];
        }

        var call = (InvocationExpressionSyntax)context.Node;
        return
            model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
            && IsOfFluentMigrator(method)
            ? call
                .ArgumentList.Arguments.SelectMany(static a => Rows(a.Expression))
                .Select(row => Of(row, model, writer))
                .OfType<RowType>()
            : [];
    }

    private static bool IsOfFluentMigrator(IMethodSymbol method) =>
        method.Parameters.Length == 1
        && method.Parameters[0].Type
            is { SpecialType: SpecialType.System_Object }
                or IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object }
        && method
            .ContainingType.ToDisplayString()
            .StartsWith("FluentMigrator.Builders.", System.StringComparison.Ordinal);

    /// <summary>An array that is written in the call stands for its items.</summary>
    private static IEnumerable<ExpressionSyntax> Rows(ExpressionSyntax argument) =>
        argument switch
        {
            ArrayCreationExpressionSyntax { Initializer: { } items } => items.Expressions,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            CollectionExpressionSyntax list => list.Elements.Select(static e =>
                e is ExpressionElementSyntax item
                    ? item.Expression
                    : ((SpreadElementSyntax)e).Expression
            ),
            _ => [argument],
        };

    /// <summary>Returns whether the trimmer keeps the public properties of every type that is written for the parameter.</summary>
    private static bool KeepsProperties(ITypeParameterSymbol parameter) =>
        parameter
            .GetAttributes()
            .Any(static attribute =>
                attribute.AttributeClass?.ToDisplayString() == TrimmerAttributes.Name
                && attribute.ConstructorArguments.Length == 1
                && attribute.ConstructorArguments[0].Value is int kept
                && (kept & PublicProperties) != 0
            );

    private static RowType? Of(ExpressionSyntax row, SemanticModel model, RowWriter writer)
    {
        var type = model.GetTypeInfo(row).Type;
        while (type is IArrayTypeSymbol array)
        {
            type = array.ElementType;
        }

        if (
            type is null or IErrorTypeSymbol
            || RowWriter.IsReadWithoutReflection(type)
            || type is ITypeParameterSymbol parameter && KeepsProperties(parameter)
        )
        {
            return null;
        }

        var location = LocationInfo.Of(row);
        var isExact =
            type.IsAnonymousType
            || type.IsSealed
            || type.IsValueType
            || row is BaseObjectCreationExpressionSyntax;
        return !isExact || type.SpecialType == SpecialType.System_Object
                ? new RowType(
                    Kept: null,
                    location,
                    $"it is known as {type.ToDisplayString()} only, and may be of another type"
                )
            : writer.Keep(type) is { } kept ? new RowType(kept, location)
            : new RowType(
                Kept: null,
                location,
                "generated code cannot name its type or the type of a property; make that internal or public, without type parameters"
            );
    }
}
