using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nitejar.Migrations.Discovery.Tests;

public sealed class MigrationIndexGeneratorTests
{
    [Test]
    public void Every_migration_is_found()
    {
        var generated = Generated.From(
            Sources.Migration("[Migration(20, \"says \\\"why\\\"\")]", "Second"),
            Sources.Migration("[Migration(10, TransactionBehavior.None)]", "First"),
            "public class NoMigration { }"
        );

        Assert.That(generated.Problems, Is.Empty);
        Assert.That(
            generated.Lines,
            Is.EqualTo(
                new[]
                {
                    """(new global::FluentMigrator.MigrationAttribute(10L, (global::FluentMigrator.TransactionBehavior)1, (string)null), None, "First", () => new global::First()),""",
                    """(new global::FluentMigrator.MigrationAttribute(20L, "says \"why\""), None, "Second", () => new global::Second()),""",
                }
            )
        );
    }

    [Test]
    public void A_project_without_migrations_has_an_empty_index()
    {
        var generated = Generated.From("public class NoMigration { }");

        Assert.That(generated.Problems, Is.Empty);
        Assert.That(generated.Evaluate(), Is.Empty);
    }

    [Test]
    public void A_project_without_FluentMigrator_has_no_index() =>
        Assert.That(
            Generated
                .From(
                    new Generated.Project(
                        References:
                        [
                            MetadataReference.CreateFromFile(typeof(object).Assembly.Location),
                        ]
                    ),
                    "public class NoMigration { }"
                )
                .HasIndex,
            Is.False
        );

    [Test]
    public void Two_migrations_with_one_version_are_a_compile_error() =>
        Assert.That(
            Generated
                .From(
                    Sources.Migration("[Migration(20240102030400)]", "A"),
                    Sources.Migration("[TimestampedMigration(2024, 1, 2, 3, 4)]", "B")
                )
                .Problems.Select(p => p.GetMessage()),
            Is.EqualTo(
                new[]
                {
                    "A and B both have version 20240102030400; give one of them another timestamp",
                }
            )
        );

    [TestCase(LanguageVersion.CSharp7_3)]
    [TestCase(LanguageVersion.Latest)]
    public void Generated_code_compiles_in_the_project_s_language(LanguageVersion language) =>
        Assert.That(
            Generated
                .From(
                    new Generated.Project(language),
                    Sources.Migration("[TimestampedMigration(2024, 1, 2, 3, 4)]", "A")
                )
                .Evaluate(),
            Has.Count.EqualTo(1)
        );

    [TestCase("shop-migrations")]
    [TestCase("3d.shop")]
    [TestCase("Shop.event..class")]
    public void Generated_code_compiles_under_every_root_namespace(string name) =>
        Assert.That(
            Generated
                .From(
                    new Generated.Project(RootNamespace: name),
                    Sources.Migration("[Migration(1)]", "@event")
                )
                .Evaluate()[0]
                .Name,
            Is.EqualTo("event")
        );

    [Test]
    public void A_partial_class_is_found_once() =>
        Assert.That(
            Generated
                .From(
                    "using FluentMigrator; [Migration(1)] public partial class A { }",
                    Sources.Class("public partial class A : Migration"),
                    "[System.Serializable] public partial class A { }"
                )
                .Evaluate(),
            Has.Count.EqualTo(1)
        );

    [Test]
    public void A_problem_can_be_suppressed_where_it_is()
    {
        var file = Sources.Class("#pragma warning disable NITEJAR004\npublic class A : Migration");

        Assert.That(Generated.From(file).Problems.Where(p => !p.IsSuppressed), Is.Empty);
    }
}
