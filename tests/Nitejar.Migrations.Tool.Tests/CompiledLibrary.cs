using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nitejar.Migrations.Tool.Tests;

/// <summary>Compiles C# to a library in a folder, as a build does.</summary>
internal static class CompiledLibrary
{
    private static readonly Dictionary<string, MetadataReference> s_platform = (
        (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!
    )
        .Split(Path.PathSeparator)
        .GroupBy(path => Path.GetFileNameWithoutExtension(path))
        .ToDictionary(
            same => same.Key,
            same => (MetadataReference)MetadataReference.CreateFromFile(same.First())
        );

    /// <summary>Compiles.</summary>
    /// <param name="file">The path of the library, whose name it gets.</param>
    /// <param name="source">The text.</param>
    /// <param name="version">Its version.</param>
    /// <param name="libraries">Libraries that it uses, each instead of one of this program's with that name.</param>
    /// <returns>The path.</returns>
    public static string Of(
        string file,
        string source,
        string version = "1.0.0.0",
        params string[] libraries
    )
    {
        var references = new Dictionary<string, MetadataReference>(s_platform);
        foreach (var library in libraries)
        {
            references[Path.GetFileNameWithoutExtension(library)] =
                MetadataReference.CreateFromFile(library);
        }

        var name = Path.GetFileNameWithoutExtension(file);
        references.Remove(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var result = CSharpCompilation
            .Create(
                name,
                [
                    CSharpSyntaxTree.ParseText(
                        $"[assembly: {typeof(AssemblyVersionAttribute).FullName}(\"{version}\")]"
                    ),
                    CSharpSyntaxTree.ParseText(source),
                ],
                references.Values,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            )
            .Emit(file);
        Assert.That(result.Success, Is.True, () => string.Join('\n', result.Diagnostics));
        return file;
    }
}
