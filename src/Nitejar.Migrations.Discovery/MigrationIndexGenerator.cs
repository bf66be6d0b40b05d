using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nitejar.Migrations.Discovery.Cached;
using Nitejar.Migrations.Discovery.Rows;

namespace Nitejar.Migrations.Discovery;

/// <summary>
/// Finds every migration class of a project while it is compiled, by FluentMigrator's <c>[Migration]</c> or an attribute
/// that derives from it, and writes <c>MigrationIndex.All</c> into that project. So adding a file is enough, nothing is
/// searched at run time, and a class that cannot be in the index is a compile error or a warning.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MigrationIndexGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var classes = context
            .SyntaxProvider.CreateSyntaxProvider(
                static (node, _) => node is TypeDeclarationSyntax type && MayBeMigration(type),
                Discover
            )
            .Where(static found => found is not null)
            .Select(static (found, _) => found!);
        var entries = classes
            .Where(static found => found.Entry is not null)
            .Select(static (found, _) => found.Entry!)
            .Collect();
        var versionTables = classes
            .Where(static found => found.VersionTable is not null)
            .Select(static (found, _) => found.VersionTable!)
            .Collect();
        var readsConnection = context
            .SyntaxProvider.CreateSyntaxProvider(
                static (node, _) => ConnectionStrings.MayBeRead(node),
                ConnectionStrings.IsRead
            )
            .Collect()
            .Select(static (found, _) => found.Contains(true));
        var rows = context
            .SyntaxProvider.CreateSyntaxProvider(
                static (node, _) => RowTypes.MayBeRow(node),
                static (node, cancellation) =>
                    new Sequence<RowType>(RowTypes.At(node, cancellation))
            )
            .SelectMany(static (found, _) => found)
            .Collect();
        var rootNamespace = context.AnalyzerConfigOptionsProvider.Select(
            static (options, _) =>
                options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var name)
                    ? name
                    : ""
        );
        var knowsFluentMigrator = context.CompilationProvider.Select(
            static (compilation, _) =>
                !compilation.GetTypesByMetadataName(FluentMigratorTypes.Migration).IsEmpty
        );
        var keptRows = rows.Combine(context.CompilationProvider.Select(TrimmerAttributes.Of))
            .Select(static (found, _) => KeptRows.Of(found.Left, found.Right));

        context.RegisterSourceOutput(
            entries
                .Combine(versionTables)
                .Combine(readsConnection)
                .Combine(rootNamespace)
                .Combine(knowsFluentMigrator)
                .Combine(keptRows),
            static (output, input) =>
            {
                var ((index, isWanted), kept) = input;
                var ((migrations, tables), reads) = index.Left;
                if (isWanted)
                {
                    output.AddSource(
                        "MigrationIndex.g.cs",
                        IndexSource.Of((migrations, tables, reads), index.Right, kept)
                    );
                }
            }
        );
        context.RegisterSourceOutput(
            rows.Combine(context.CompilationProvider),
            static (output, input) => Report(output, input.Left, input.Right)
        );
        context.RegisterSourceOutput(
            classes.Collect().Combine(context.CompilationProvider),
            static (output, input) => Report(output, input.Left, input.Right)
        );
    }

    private static bool MayBeMigration(TypeDeclarationSyntax type) =>
        type is ClassDeclarationSyntax or RecordDeclarationSyntax
        && (type.BaseList is not null || type.AttributeLists.Count > 0);

    private static DiscoveredClass? Discover(
        GeneratorSyntaxContext context,
        CancellationToken cancellation
    )
    {
        var declaration = (TypeDeclarationSyntax)context.Node;
        return
            context.SemanticModel.GetDeclaredSymbol(context.Node, cancellation)
                is INamedTypeSymbol { TypeKind: TypeKind.Class } type
            && IsFirstPart(declaration, type, cancellation)
            ? DiscoveredClass.From(
                type,
                LocationInfo.Of(declaration),
                context.SemanticModel.Compilation
            )
            : null;
    }

    /// <summary>Returns whether this is the one declaration of a partial class that stands for all of them.</summary>
    private static bool IsFirstPart(
        TypeDeclarationSyntax declaration,
        INamedTypeSymbol type,
        CancellationToken cancellation
    ) =>
        type.DeclaringSyntaxReferences.Length == 1
        || type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation))
            .OfType<TypeDeclarationSyntax>()
            .FirstOrDefault(MayBeMigration) == declaration;

    private static void Report(
        SourceProductionContext output,
        ImmutableArray<RowType> rows,
        Compilation compilation
    )
    {
        foreach (var row in rows.Where(static r => r.Kept is null))
        {
            output.ReportDiagnostic(
                Diagnostic.Create(
                    Rules.RowNotKept,
                    row.Location.ToLocation(compilation),
                    row.Problem
                )
            );
        }
    }

    private static void Report(
        SourceProductionContext output,
        ImmutableArray<DiscoveredClass> classes,
        Compilation compilation
    )
    {
        var sameVersion = classes
            .Where(static c => c.Entry?.Version is not null)
            .GroupBy(static c => c.Entry!.Version);
        foreach (var same in sameVersion.Where(static g => g.Count() > 1))
        {
            var pair = same.Take(2).ToArray();
            output.ReportDiagnostic(
                Diagnostic.Create(
                    Rules.DuplicateVersion,
                    pair[1].Location.ToLocation(compilation),
                    pair[0].Entry!.DisplayName,
                    pair[1].Entry!.DisplayName,
                    same.Key
                )
            );
        }

        var tables = classes.Where(static c => c.VersionTable is not null).ToArray();
        if (tables.Length > 1)
        {
            output.ReportDiagnostic(
                Diagnostic.Create(
                    Rules.VersionTable,
                    tables[1].Location.ToLocation(compilation),
                    tables[1].VersionTable!.DisplayName,
                    $"so does {tables[0].VersionTable!.DisplayName}"
                )
            );
        }

        foreach (var found in classes)
        {
            foreach (var problem in found.Problems)
            {
                output.ReportDiagnostic(
                    Diagnostic.Create(
                        problem.Rule,
                        found.Location.ToLocation(compilation),
                        problem.Class,
                        problem.Detail
                    )
                );
            }
        }
    }
}
