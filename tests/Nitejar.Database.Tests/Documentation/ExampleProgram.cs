using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nitejar.Database.Tests.Documentation;

/// <summary>Compiles a program as it stands in a document, and runs it.</summary>
internal static class ExampleProgram
{
    /// <returns>What it printed.</returns>
    public static string Run(string code, params string[] arguments)
    {
        var context = new AssemblyLoadContext("example", isCollectible: true);
        var console = Console.Out;
        var output = new StringWriter { NewLine = "\n" };
        Console.SetOut(output);
        try
        {
            Compile(code, context).EntryPoint!.Invoke(null, [arguments]);
        }
        finally
        {
            Console.SetOut(console);
            context.Unload();
        }

        return output.ToString();
    }

    private static Assembly Compile(string code, AssemblyLoadContext context)
    {
        var compilation = CSharpCompilation.Create(
            "Example",
            [CSharpSyntaxTree.ParseText(code, encoding: Encoding.UTF8)],
            Assemblies(),
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication,
                nullableContextOptions: NullableContextOptions.Enable
            )
        );
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.That(
            result.Diagnostics.Where(found => found.Severity >= DiagnosticSeverity.Warning),
            Is.Empty
        );
        image.Position = 0;
        return context.LoadFromStream(image);
    }

    /// <summary>All that this process could load: .NET and the library with its packages.</summary>
    private static IEnumerable<MetadataReference> Assemblies() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
}
