namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>Attributes that derive from FluentMigrator's, as most large code bases have one.</summary>
public sealed class DerivedAttributeTests
{
    private const string Own =
        "public class OwnAttribute : FluentMigrator.MigrationAttribute { public OwnAttribute(int year, int n) : base(year * 1000L + n) { } public string Author { get; set; } }";

    [Test]
    public void TimestampedMigration_is_found()
    {
        var index = Generated
            .From(
                Sources.Migration(
                    "[TimestampedMigration(2024, 1, 2, 3, 4, TransactionBehavior.None, \"why\")]",
                    "A"
                ),
                Sources.Migration("[TimestampedMigration(2024, 1, 2, 3, 4, 5)]", "B")
            )
            .Evaluate();

        Assert.That(
            index.Select(e => e.Attribute.Version),
            Is.EqualTo(new[] { 20240102030400, 20240102030405 })
        );
        Assert.That(index[0].Attribute.Description, Is.EqualTo("why"));
        Assert.That(
            index[0].Attribute.TransactionBehavior,
            Is.EqualTo(FluentMigrator.TransactionBehavior.None)
        );
    }

    [Test]
    public void An_attribute_of_the_project_s_own_is_evaluated_with_its_arguments()
    {
        var generated = Generated.From(
            Own,
            Sources.Migration("[Own(2024, 7, Author = \"Eve\")]", "A")
        );

        var entry = generated.Evaluate().Single();
        Assert.That(generated.Problems, Is.Empty);
        Assert.That(entry.Attribute.Version, Is.EqualTo(2024007));
        Assert.That(
            entry.Attribute.GetType().GetProperty("Author")!.GetValue(entry.Attribute),
            Is.EqualTo("Eve")
        );
        Assert.That(entry.Create().GetType().Name, Is.EqualTo("A"));
    }

    [TestCase("string text", "null")]
    [TestCase("string text", "\"a\\\"\\n\\0\\u2028\"")]
    [TestCase("char letter", "'\\''")]
    [TestCase("byte number", "255")]
    [TestCase("sbyte number", "-128")]
    [TestCase("short number", "-5")]
    [TestCase("ushort number", "5")]
    [TestCase("int number", "int.MinValue")]
    [TestCase("uint number", "uint.MaxValue")]
    [TestCase("long number", "long.MinValue")]
    [TestCase("ulong number", "ulong.MaxValue")]
    [TestCase("float number", "0.1f")]
    [TestCase("float number", "float.NaN")]
    [TestCase("double number", "double.MaxValue")]
    [TestCase("double number", "double.NegativeInfinity")]
    [TestCase("bool flag", "true")]
    [TestCase("object value", "null")]
    [TestCase("object value", "5")]
    [TestCase("object value", "DayOfWeek.Friday")]
    [TestCase("object value", "new object[] { 1, \"a\", null, typeof(int) }")]
    [TestCase("DayOfWeek day", "(DayOfWeek)(-1)")]
    [TestCase("Type type", "typeof(System.Collections.Generic.Dictionary<,>)")]
    [TestCase("Type type", "typeof(System.Collections.Generic.List<int[]>)")]
    [TestCase("Type type", "typeof(void)")]
    [TestCase("string[] texts", "new[] { \"a\", null }")]
    [TestCase("string[] texts", "null")]
    [TestCase("params int[] numbers", "1, 2")]
    [TestCase("params int[] numbers", "")]
    [TestCase("int number = 3, string text = \"x\"", "text: \"y\"")]
    [TestCase("[System.Runtime.CompilerServices.CallerFilePath] string file = \"\"", "")]
    public void An_argument_is_what_reflection_reads(string parameter, string argument)
    {
        var name = parameter.Split(" = ")[0].Split(' ')[^1];
        var attribute =
            "using System; public class KindAttribute : FluentMigrator.MigrationAttribute { "
            + "public KindAttribute(long other, string text) : base(3) { } "
            + $"public KindAttribute({parameter}) : base(1) => Value = {name}; "
            + "public object Value { get; } }";

        var entry = Generated
            .From(attribute, Sources.Migration($"[Kind({argument})]", "A"))
            .Evaluate()
            .Single();

        var read = entry.Create().GetType().GetCustomAttributes(inherit: false).Single();
        var value = entry.Attribute.GetType().GetProperty("Value")!;
        Assert.That(
            entry.Attribute.Version,
            Is.EqualTo(((FluentMigrator.MigrationAttribute)read).Version)
        );
        Assert.That(value.GetValue(entry.Attribute), Is.EqualTo(value.GetValue(read)));
        Assert.That(
            value.GetValue(entry.Attribute)?.GetType(),
            Is.EqualTo(value.GetValue(read)?.GetType())
        );
    }

    [Test]
    public void An_attribute_may_be_generic_or_nested_or_internal() =>
        Assert.That(
            Generated
                .From(
                    """
                    internal static class Versions
                    {
                        internal sealed class ForAttribute<T> : FluentMigrator.MigrationAttribute
                        {
                            internal ForAttribute(int n) : base(n + typeof(T).Name.Length) { }
                        }
                    }
                    """,
                    Sources.Migration("[Versions.For<Guid>(10)]", "A")
                )
                .Evaluate()
                .Single()
                .Attribute.Version,
            Is.EqualTo(14)
        );

    [Test]
    public void An_attribute_that_is_inherited_counts_for_the_class_that_derives()
    {
        var generated = Generated.From(
            "[System.AttributeUsage(System.AttributeTargets.Class)] public class HeritableAttribute : FluentMigrator.MigrationAttribute { public HeritableAttribute(long n) : base(n) { } }",
            Sources
                .Migration("[Heritable(5)]", "A")
                .Replace("public class", "public abstract class", StringComparison.Ordinal),
            "public class B : A { }"
        );

        Assert.That(generated.Problems, Is.Empty);
        Assert.That(
            generated.Evaluate().Select(e => (e.Name, e.Attribute.Version)),
            Is.EqualTo(new[] { ("B", 5L) })
        );
    }

    [Test]
    public void An_attribute_that_throws_names_its_class() =>
        Assert.That(
            () =>
                Generated
                    .From(
                        "public class BadAttribute : FluentMigrator.MigrationAttribute { public BadAttribute(string day) : base(System.DateTime.Parse(day).Ticks) { } }",
                        Sources.Migration("[Bad(\"tomorrow\")]", "Notes")
                    )
                    .Evaluate(),
            Throws
                .ArgumentException.With.Message.Contains(
                    "The attribute of Notes cannot be evaluated: "
                )
                .And.Message.Contains("tomorrow")
        );
}
