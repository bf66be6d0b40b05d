using FluentMigrator.Runner.Constraints;

namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>The constraints of a class, and what it says of breaking changes, are in the index.</summary>
public sealed class ConstraintTests
{
    private const string Never =
        "public class NeverAttribute : FluentMigrator.Runner.Constraints.MigrationConstraintAttribute { public NeverAttribute() : base(_ => false) { } }";

    [TestCase(Never + "[Migration(1), Never] public class A : Migration", "NeverAttribute")]
    [TestCase(
        "[Migration(2), FluentMigrator.Runner.Constraints.CurrentVersionMigrationConstraint(1)] public class A : Migration",
        "CurrentVersionMigrationConstraintAttribute"
    )]
    [TestCase(
        Never
            + "[FluentMigrator.Runner.Constraints.CurrentVersionMigrationConstraint(1)] public abstract class Base : Migration { } [Migration(2), Never] public class A : Base",
        "NeverAttribute CurrentVersionMigrationConstraintAttribute"
    )]
    public void Constraints_are_in_the_index(string declaration, string constraints)
    {
        var generated = Generated.From(Sources.Class(declaration));

        Assert.That(generated.Problems, Is.Empty);
        var entry = generated.Evaluate().Single(e => e.Name == "A");
        Assert.That(
            entry.Conditions.Select(c => c.GetType().Name),
            Is.EqualTo(constraints.Split(' '))
        );
        Assert.That(
            entry
                .Create()
                .GetType()
                .GetCustomAttributes(inherit: true)
                .OfType<MigrationConstraintAttribute>()
                .Select(a => a.GetType().Name),
            Is.EquivalentTo(constraints.Split(' ')),
            "what FluentMigrator reads"
        );
    }

    [TestCase("[Migration(1, BreakingChange = true)]", true)]
    [TestCase("[TimestampedMigration(2024, 1, 2, 3, 4, BreakingChange = true)]", true)]
    [TestCase("[Migration(1, BreakingChange = false)]", false)]
    public void Breaking_changes_are_in_the_index(string attribute, bool isBreaking)
    {
        var generated = Generated.From(Sources.Migration(attribute, "A"));

        Assert.That(generated.Problems, Is.Empty);
        Assert.That(generated.Evaluate().Single().Attribute.BreakingChange, Is.EqualTo(isBreaking));
    }
}
