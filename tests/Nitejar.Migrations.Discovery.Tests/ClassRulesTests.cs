namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>A class that implements IMigration is in the index, or the compiler says why it is not.</summary>
public sealed class ClassRulesTests
{
    [TestCase("[Migration(1)] internal class A : Migration")]
    [TestCase("[Migration(1)] class A : AutoReversingMigration")]
    [TestCase("[Migration(1)] public class A(int retries = 3) : Migration")]
    [TestCase("[Migration(1)] public class A(params string[] tables) : Migration")]
    [TestCase("[Migration(1), Obsolete(\"old\")] public class A : Migration")]
    [TestCase(
        "[Migration(1), System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] public class A : Migration"
    )]
    [TestCase("public class Outer { [Migration(1)] protected internal class A : Migration", "}")]
    [TestCase("namespace @class.@event { [Migration(1)] public class A : Migration", "}")]
    [TestCase(
        "public abstract class Base<T> : Migration { } [Migration(1)] public class A : Base<int>"
    )]
    public void A_class_that_can_be_created_is_in_the_index(string declaration, string end = "")
    {
        var file = Sources.Class(declaration) + end;
        if (declaration.Contains("AutoReversing", StringComparison.Ordinal))
        {
            file = file.Replace(
                "public override void Down() => Delete.Table(\"t\");",
                "",
                StringComparison.Ordinal
            );
        }

        var generated = Generated.From(file);

        Assert.That(generated.Problems, Is.Empty);
        Assert.That(generated.Evaluate().Single().Create().GetType().Name, Is.EqualTo("A"));
    }

    [Test]
    public void A_record_is_in_the_index() =>
        Assert.That(
            Generated
                .From(
                    """
                    using FluentMigrator;
                    using FluentMigrator.Infrastructure;
                    [Migration(1)] public record A : IMigration
                    {
                        public string ConnectionString => null;
                        public void GetUpExpressions(IMigrationContext context) { }
                        public void GetDownExpressions(IMigrationContext context) { }
                    }
                    """
                )
                .Evaluate(),
            Has.Count.EqualTo(1)
        );

    [TestCase("[Migration(1)] file class A : Migration", "", "local to its file")]
    [TestCase("[Migration(1)] public class A<T> : Migration", "", "type parameters")]
    [TestCase(
        "public class Outer<T> { [Migration(1)] public class A : Migration",
        "}",
        "type parameters"
    )]
    [TestCase("public class Outer { [Migration(1)] private class A : Migration", "}", "private")]
    [TestCase("public class Outer { [Migration(1)] protected class A : Migration", "}", "private")]
    [TestCase("[Migration(1)] public class A(int size) : Migration", "", "without parameters")]
    [TestCase(
        "[Migration(1), Obsolete(\"gone\", true)] public class A : Migration",
        "",
        "[Obsolete]"
    )]
    public void A_class_that_cannot_be_created_is_a_compile_error(
        string declaration,
        string end,
        string reason
    )
    {
        var generated = Generated.From(Sources.Class(declaration) + end);

        Assert.That(generated.Rules, Is.EqualTo(new[] { "NITEJAR002" }));
        Assert.That(generated.Problems[0].GetMessage(), Does.Contain("A").And.Contain(reason));
        Assert.That(generated.Lines, Is.Empty);
    }

    [TestCase("private A() { }", "without parameters")]
    [TestCase("public A(int a = 1) { } public A(string b = \"\") { }", "without parameters")]
    [TestCase("public A(Random a) { } public A(Version b) { }", "one constructor")]
    [TestCase("private class Mine { } internal A(Mine a) { }", "can name")]
    [TestCase("public A(ref Version a) { }", "can name")]
    [TestCase("public A(Span<int> a) { }", "can name")]
    [TestCase("public required int Size { get; set; }", "required")]
    public void Members_that_stand_in_the_way_are_a_compile_error(string member, string reason)
    {
        var generated = Generated.From(
            Sources
                .Migration("[Migration(1)]", "A")
                .Replace("{ public", $"{{ {member} public", StringComparison.Ordinal)
        );

        Assert.That(generated.Rules, Is.EqualTo(new[] { "NITEJAR002" }));
        Assert.That(generated.Problems[0].GetMessage(), Does.Contain(reason));
    }

    [TestCase(
        "[Migration(1), TimestampedMigration(2024, 1, 2, 3, 4)] public class A : Migration",
        "NITEJAR006"
    )]
    [TestCase("public class A : Migration", "NITEJAR004")]
    [TestCase("public class A<T> : Migration", "NITEJAR004")]
    [TestCase("[Migration(1)] public abstract class A : Migration", "NITEJAR007")]
    [TestCase("[Migration(0)] public class A : Migration", "NITEJAR009")]
    [TestCase("[Migration(-5)] public class A : Migration", "NITEJAR009")]
    [TestCase("[TimestampedMigration(2024, 13, 2, 3, 4)] public class A : Migration", "NITEJAR010")]
    [TestCase(
        "[TimestampedMigration(2024, 1, 200, 3, 4)] public class A : Migration",
        "NITEJAR010"
    )]
    public void What_would_be_lost_is_reported(string declaration, string rule)
    {
        var generated = Generated.From(Sources.Class(declaration));

        Assert.That(generated.Rules, Is.EqualTo(new[] { rule }));
        Assert.That(generated.Problems[0].GetMessage(), Does.StartWith("A"));
        Assert.That(generated.Problems[0].Location.SourceTree!.FilePath, Is.EqualTo("File0.cs"));
    }

    [TestCase(
        "public class Outer { private class VAttribute : MigrationAttribute { public VAttribute() : base(1) { } } [V] public class A : Migration",
        "}"
    )]
    [TestCase(
        "file class VAttribute : MigrationAttribute { public VAttribute() : base(1) { } } [V] public class A : Migration",
        ""
    )]
    [TestCase(
        "public class VAttribute : MigrationAttribute { public VAttribute(Type t) : base(1) { } } file class Local { } [V(typeof(Local[]))] public class A : Migration",
        ""
    )]
    [TestCase(
        "public class VAttribute<T> : MigrationAttribute { public VAttribute() : base(1) { } } file class Local { } [V<Local>] public class A : Migration",
        ""
    )]
    public void An_attribute_that_generated_code_cannot_make_is_a_compile_error(
        string declaration,
        string end
    ) =>
        Assert.That(
            Generated.From(Sources.Class(declaration) + end).Rules,
            Is.EqualTo(new[] { "NITEJAR005" })
        );

    [Test]
    public void A_version_on_a_class_that_is_no_migration_is_a_compile_error() =>
        Assert.That(
            Generated.From("[FluentMigrator.Migration(1)] public class A { }").Rules,
            Is.EqualTo(new[] { "NITEJAR008" })
        );

    [TestCase("[FluentMigrator.Migration(1)] public class A : Missing { }")]
    [TestCase("[FluentMigrator.Migration(\"one\")] public class A : FluentMigrator.Migration { }")]
    [TestCase("[Missing(1)] public class NoMigration { }")]
    public void What_the_compiler_rejects_is_left_to_the_compiler(string file) =>
        Assert.That(Generated.From(file).Problems, Is.Empty);
}
