using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nitejar.Migrations.Discovery;

/// <summary>What Up and Down of a class look like, as far as that tells that they cannot work.</summary>
internal static class Bodies
{
    private static readonly string[] s_directions = ["Up", "Down"];

    /// <summary>Returns what is wrong with Up and Down of a class that is in the index.</summary>
    public static IEnumerable<ClassProblem> Of(INamedTypeSymbol type, string name)
    {
        foreach (var direction in s_directions)
        {
            if (Find(type.AndBaseTypes(), direction) is { IsAsync: true, ReturnsVoid: true })
            {
                yield return new ClassProblem(Rules.AsyncVoid, name, direction);
            }
        }

        // A base class of the project's own that has no Down has decided that for all that derive from it.
        if (Find([type], "Down") is not { } down)
        {
            yield break;
        }

        var isEmptyUp = IsEmpty(Find([type], "Up"));
        if (Throws(down))
        {
            yield return isEmptyUp
                ? new ClassProblem(Rules.NotFilledIn, name)
                : new ClassProblem(Rules.WithoutDown, name, "only throws");
        }
        else if (IsEmpty(down) && !isEmptyUp)
        {
            yield return new ClassProblem(Rules.WithoutDown, name, "is empty");
        }
    }

    private static IMethodSymbol? Find(IEnumerable<INamedTypeSymbol> types, string name) =>
        types
            .SelectMany(t => t.GetMembers(name))
            .OfType<IMethodSymbol>()
            .FirstOrDefault(static m => m.IsOverride && m.Parameters.IsEmpty);

    private static bool IsEmpty(IMethodSymbol? method) =>
        Declaration(method) is { Body.Statements.Count: 0 };

    private static bool Throws(IMethodSymbol method) =>
        Declaration(method) switch
        {
            { ExpressionBody.Expression: ThrowExpressionSyntax } => true,
            { Body.Statements: { Count: 1 } only } => only[0] is ThrowStatementSyntax,
            _ => false,
        };

    private static MethodDeclarationSyntax? Declaration(IMethodSymbol? method) =>
        method?.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).FirstOrDefault()
        as MethodDeclarationSyntax;
}
