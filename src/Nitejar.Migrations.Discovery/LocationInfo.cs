using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Nitejar.Migrations.Discovery;

/// <summary>A place in the source that, unlike <see cref="Location"/>, does not keep the syntax tree alive.</summary>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public Location ToLocation() => Location.Create(Path, Span, Lines);

    public static LocationInfo Of(SyntaxNode node)
    {
        var location = ((ClassDeclarationSyntax)node).Identifier.GetLocation();
        return new LocationInfo(
            location.SourceTree?.FilePath ?? "",
            location.SourceSpan,
            location.GetLineSpan().Span
        );
    }
}
