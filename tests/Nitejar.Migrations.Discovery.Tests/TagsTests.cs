using FluentMigrator;

namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>The tags of a class are in the index as FluentMigrator finds them by reflection.</summary>
public sealed class TagsTests
{
    private const string Derived =
        "public class ProdAttribute : TagsAttribute { public ProdAttribute(int n) : base(TagBehavior.RequireAny, \"Prod\" + n) { } }";

    [TestCase("[Migration(1)] public class A : Migration", "")]
    [TestCase("[Migration(1), Tags(\"a\", \"b\")] public class A : Migration", "RequireAll a b")]
    [TestCase(
        "[Migration(1), Tags(\"a\"), Tags(TagBehavior.RequireAny, \"b\", \"c\")] public class A : Migration",
        "RequireAll a; RequireAny b c"
    )]
    [TestCase(Derived + "[Migration(1), Prod(7)] public class A : Migration", "RequireAny Prod7")]
    [TestCase(
        "[Tags(\"a\")] public abstract class Base : Migration { } [Migration(1), Tags(\"b\")] public class A : Base",
        "RequireAll a; RequireAll b"
    )]
    [TestCase(
        "[Tags(\"a\")] public interface ITagged { } [Migration(1)] public class A : Migration, ITagged",
        "RequireAll a"
    )]
    [TestCase(
        "[Tags(\"a\")] public interface ITagged { } public interface IDeep : ITagged { } public abstract class Base : Migration, IDeep { } [Migration(1)] public class A : Base",
        "RequireAll a"
    )]
    [TestCase(
        "[AttributeUsage(AttributeTargets.Class, Inherited = false)] public class OwnAttribute : TagsAttribute { public OwnAttribute() : base(\"own\") { } } [Own] public abstract class Base : Migration { } [Migration(1)] public class A : Base",
        ""
    )]
    public void Tags_are_in_the_index(string declaration, string tags)
    {
        var generated = Generated.From(Sources.Class(declaration));

        Assert.That(generated.Problems, Is.Empty);
        var entry = generated.Evaluate().Single(e => e.Name == "A");
        Assert.That(Words(entry.Conditions.Cast<TagsAttribute>()), Is.EqualTo(tags));
        var type = entry.Create().GetType();
        Assert.That(
            Words(
                type.GetCustomAttributes(typeof(TagsAttribute), inherit: true)
                    .Concat(
                        type.GetInterfaces()
                            .SelectMany(i => i.GetCustomAttributes(typeof(TagsAttribute), true))
                    )
                    .Cast<TagsAttribute>()
            ),
            Is.EqualTo(tags),
            "what FluentMigrator reads"
        );
    }

    [TestCase("[Migration(1), Tags] public class A : Migration")]
    [TestCase("[Migration(1), Tags(TagBehavior.RequireAny)] public class A : Migration")]
    [TestCase("[Migration(1), Tags(new string[0])] public class A : Migration")]
    public void Tags_without_a_name_are_a_warning(string declaration)
    {
        var generated = Generated.From(Sources.Class(declaration));

        Assert.That(generated.Rules, Is.EqualTo(new[] { "NITEJAR003" }));
        Assert.That(generated.Evaluate().Single().Conditions, Has.Length.EqualTo(1));
    }

    [Test]
    public void Tags_that_generated_code_cannot_make_are_an_error() =>
        Assert.That(
            Generated
                .From(
                    Sources.Class(
                        "public class Outer { private class OwnAttribute : TagsAttribute { } [Migration(1), Own] public class A : Migration"
                    ) + "}"
                )
                .Rules,
            Is.EqualTo(new[] { "NITEJAR005" })
        );

    [Test]
    public void Tags_that_throw_name_their_class() =>
        Assert.That(
            () =>
                Generated
                    .From(
                        "public class BadAttribute : FluentMigrator.TagsAttribute { public BadAttribute(string day) : base(System.DateTime.Parse(day).ToString()) { } }",
                        Sources.Migration("[Migration(1), Bad(\"tomorrow\")]", "Notes")
                    )
                    .Evaluate(),
            Throws.ArgumentException.With.Message.StartsWith(
                "The attribute of Notes cannot be evaluated: "
            )
        );

    private static string Words(IEnumerable<TagsAttribute> tags) =>
        string.Join(
            "; ",
            tags.Select(t => $"{t.Behavior} {string.Join(" ", t.TagNames)}")
                .Order(StringComparer.Ordinal)
        );
}
