using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Nitejar.Migrations.Discovery.Cached;

/// <summary>A place in the source that, unlike <see cref="Location"/>, does not keep the syntax tree alive.</summary>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    /// <summary>Returns the place in its syntax tree, where <c>#pragma warning</c> and .editorconfig apply to it.</summary>
    public Location ToLocation(Compilation compilation) =>
        compilation.SyntaxTrees.FirstOrDefault(t => t.FilePath == Path && Span.End <= t.Length)
            is { } tree
            ? Location.Create(tree, Span)
            : Location.Create(Path, Span, Lines);

    public static LocationInfo Of(TypeDeclarationSyntax declaration) =>
        Of(declaration.Identifier.GetLocation());

    public static LocationInfo Of(ExpressionSyntax expression) => Of(expression.GetLocation());

    private static LocationInfo Of(Location location) =>
        new LocationInfo(
            location.SourceTree?.FilePath ?? "",
            location.SourceSpan,
            location.GetLineSpan().Span
        );
}
