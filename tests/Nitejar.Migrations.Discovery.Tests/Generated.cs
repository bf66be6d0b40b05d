using System.Collections.Immutable;
using System.Reflection;
using FluentMigrator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>What the generator makes of a project.</summary>
internal sealed class Generated
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Compilation _compilation;

    private Generated(Compilation compilation, ImmutableArray<Diagnostic> problems)
    {
        _compilation = compilation;
        Problems = problems;
        Assert.That(
            problems.Where(p => p.Id.StartsWith("CS", StringComparison.Ordinal)),
            Is.Empty,
            "the generator never fails"
        );
        Assert.That(
            compilation
                .GetDiagnostics()
                .Where(d =>
                    d.Location.SourceTree == Index && d.Severity > DiagnosticSeverity.Hidden
                ),
            Is.Empty,
            () => $"generated code never shows a problem of the compiler's:\n{Index}"
        );
    }

    /// <summary>What the generator reports.</summary>
    public ImmutableArray<Diagnostic> Problems { get; }

    /// <summary>The numbers of <see cref="Problems"/>.</summary>
    public IEnumerable<string> Rules => Problems.Select(p => p.Id);

    /// <summary>The lines of the index, as they are written.</summary>
    public IEnumerable<string> Lines =>
        Index!
            .ToString()
            .Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith('(') && line.EndsWith(")),", StringComparison.Ordinal));

    /// <summary>The calls in the index that keep the columns of rows.</summary>
    public IEnumerable<string> KeptRows =>
        Index!
            .ToString()
            .Split('\n')
            .Select(line => line.Trim())
            .Where(line =>
                line.StartsWith("Keep", StringComparison.Ordinal)
                && line.EndsWith(");", StringComparison.Ordinal)
            );

    /// <summary>The file that is generated, or <see langword="null"/> when there is none.</summary>
    private SyntaxTree? Index =>
        _compilation.SyntaxTrees.SingleOrDefault(t =>
            t.FilePath.EndsWith("MigrationIndex.g.cs", StringComparison.Ordinal)
        );

    /// <summary>Whether there is an index.</summary>
    public bool HasIndex => Index is not null;

    /// <summary>Runs the generator on files of C#.</summary>
    public static Generated From(params string[] files) => From(new Project(), files);

    /// <summary>Runs the generator on files of C# in a project with other properties than the usual.</summary>
    public static Generated From(Project project, params string[] files)
    {
        var parse = new CSharpParseOptions(project.Language);
        var compilation = CSharpCompilation.Create(
            $"Sample{Guid.NewGuid():N}",
            files.Select((file, i) => CSharpSyntaxTree.ParseText(file, parse, $"File{i}.cs")),
            project.References ?? References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        CSharpGeneratorDriver
            .Create(
                [new MigrationIndexGenerator().AsSourceGenerator()],
                parseOptions: parse,
                optionsProvider: new RootNamespace(project.RootNamespace)
            )
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var problems);
        return new Generated(output, problems);
    }

    /// <summary>Compiles the project and evaluates its index, as a program does when it starts.</summary>
    public IReadOnlyList<(
        MigrationAttribute Attribute,
        Attribute[] Conditions,
        string Name,
        Func<IMigration> Create
    )> Evaluate(Func<IServiceProvider>? services = null)
    {
        using var image = new MemoryStream();
        var emitted = _compilation.Emit(image);
        Assert.That(
            emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error),
            Is.Empty
        );
        var index = Assembly
            .Load(image.ToArray())
            .GetTypes()
            .Single(t => t.Name == "MigrationIndex");
        index.GetProperty("Services")?.SetValue(null, services);
        return (IReadOnlyList<(MigrationAttribute, Attribute[], string, Func<IMigration>)>)
            index
                .GetProperty("All")!
                .GetMethod!.Invoke(
                    null,
                    BindingFlags.DoNotWrapExceptions,
                    binder: null,
                    parameters: null,
                    culture: null
                )!;
    }

    /// <summary>The text that is generated.</summary>
    public override string ToString() => Index?.ToString() ?? "";

    /// <summary>Properties of a project that matter to the generator.</summary>
    internal sealed record Project(
        LanguageVersion Language = LanguageVersion.Latest,
        string RootNamespace = "",
        IEnumerable<MetadataReference>? References = null
    );

    private sealed class RootNamespace(string name) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(name);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Properties(string name) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = name;
                return key == "build_property.RootNamespace";
            }
        }
    }
}
