using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nitejar.Migrations.Discovery.Tests;

public sealed class MigrationIndexGeneratorTests
{
    [Test]
    public void Every_migration_is_found_and_ordered_by_version()
    {
        var index = Generate(
            Migration("[Migration(20, \"says \\\"why\\\"\")]", "Second"),
            Migration("[Migration(10, TransactionBehavior.None, BreakingChange = true)]", "First"),
            "public class NoMigration { }"
        );

        Assert.That(index.Diagnostics, Is.Empty);
        Assert.That(
            index.Entries,
            Is.EqualTo(
                new[]
                {
                    """(new global::FluentMigrator.MigrationAttribute(10L, (global::FluentMigrator.TransactionBehavior)1, null) { BreakingChange = true }, "First", static () => new global::First()),""",
                    """(new global::FluentMigrator.MigrationAttribute(20L, "says \"why\""), "Second", static () => new global::Second()),""",
                }
            )
        );
    }

    [Test]
    public void A_project_without_migrations_has_an_empty_index()
    {
        var index = Generate("public class NoMigration { }");

        Assert.That(index.Diagnostics, Is.Empty);
        Assert.That(index.Entries, Is.Empty);
    }

    [Test]
    public void Two_migrations_with_one_version_are_a_compile_error() =>
        Assert.That(
            Generate(
                Migration("[Migration(1)]", "A"),
                Migration("[Migration(1)]", "B")
            ).Diagnostics,
            Is.EqualTo(new[] { "NITEJAR001" })
        );

    [Test]
    public void A_migration_that_cannot_be_created_is_a_compile_error() =>
        Assert.That(
            Generate(
                "[FluentMigrator.Migration(1)] public abstract class A : FluentMigrator.Migration { }"
            ).Diagnostics,
            Does.Contain("NITEJAR002")
        );

    [Test]
    public void Tags_are_a_compile_error() =>
        Assert.That(
            Generate(Migration("[Migration(1), Tags(\"staging\")]", "A")).Diagnostics,
            Is.EqualTo(new[] { "NITEJAR003" })
        );

    private static string Migration(string attributes, string name) =>
        $$"""
            using FluentMigrator;
            {{attributes}}
            public class {{name}} : Migration
            {
                public override void Up() { }
                public override void Down() { }
            }
            """;

    /// <summary>Runs the generator on files; what it wrote has to compile unless it reports an error.</summary>
    private static (string[] Diagnostics, string[] Entries) Generate(params string[] files)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Sample",
            files.Select(file => CSharpSyntaxTree.ParseText(file)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );

        CSharpGeneratorDriver
            .Create(new MigrationIndexGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);

        if (diagnostics.IsEmpty)
        {
            Assert.That(
                output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error),
                Is.Empty
            );
        }

        var written = output.SyntaxTrees.Single(t =>
            t.FilePath.EndsWith("MigrationIndex.g.cs", StringComparison.Ordinal)
        );
        var entries = written
            .ToString()
            .Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("(new", StringComparison.Ordinal));
        return ([.. diagnostics.Select(d => d.Id)], [.. entries]);
    }
}
