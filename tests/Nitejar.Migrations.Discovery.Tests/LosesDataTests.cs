namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>What a class declares to lose is in the index, beside its tags.</summary>
public sealed class LosesDataTests
{
    private const string OfTheEngine =
        "namespace Nitejar.Migrations.Engine.Catalog { public sealed class LosesDataAttribute(string reason) : System.Attribute { public string Reason => reason; } }";

    [Test]
    public void The_reason_is_in_the_index()
    {
        var generated = Generated.From(
            Sources.Class(
                "[Migration(1), Tags(\"a\"), Nitejar.Migrations.Engine.Catalog.LosesData(\"never \\\"used\\\"\")] public class A : Migration"
            ),
            OfTheEngine
        );

        Assert.That(generated.Problems, Is.Empty);
        var entry = generated.Evaluate().Single();
        Assert.That(
            entry.Conditions.Select(condition => condition.GetType().Name),
            Is.EqualTo(new[] { "TagsAttribute", "LosesDataAttribute" })
        );
        Assert.That(
            entry.Conditions[1].GetType().GetProperty("Reason")!.GetValue(entry.Conditions[1]),
            Is.EqualTo("never \"used\"")
        );
    }

    [Test]
    public void FluentMigrators_trait_says_the_same()
    {
        var generated = Generated.From(
            Sources.Class(
                "[Migration(1), MigrationTrait(\"LosesData\", \"never used\")] public class A : Migration"
            )
        );

        Assert.That(generated.Problems, Is.Empty);
        var trait = (FluentMigrator.MigrationTraitAttribute)
            generated.Evaluate().Single().Conditions.Single();
        Assert.That((trait.Name, trait.Value), Is.EqualTo(("LosesData", (object)"never used")));
    }
}
