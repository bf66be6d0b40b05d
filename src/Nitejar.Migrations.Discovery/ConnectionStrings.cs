using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nitejar.Migrations.Discovery;

/// <summary>
/// Finds out whether a project reads <c>ConnectionString</c> of a migration, in whatever class: only then is it handed over,
/// since a text that may depend on it is evaluated more than once.
/// </summary>
internal static class ConnectionStrings
{
    private const string Property = "ConnectionString";

    /// <summary>How the index says so, in each entry.</summary>
    public const string Trait =
        "new global::FluentMigrator.MigrationTraitAttribute(\"" + Property + "\", null)";

    public static bool MayBeRead(SyntaxNode node) =>
        node is IdentifierNameSyntax { Identifier.ValueText: Property };

    public static bool IsRead(GeneratorSyntaxContext context, CancellationToken cancellation) =>
        context.SemanticModel.GetSymbolInfo(context.Node, cancellation).Symbol
            is IPropertySymbol { ContainingType: var declaring }
        && (
            declaring.Is(FluentMigratorTypes.MigrationBase)
            || declaring.Is(FluentMigratorTypes.Migration)
        );
}
