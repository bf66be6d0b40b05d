namespace Nitejar.Migrations.Engine.Tests.Catalog;

public sealed class MigrationCatalogTests
{
    [Test]
    public void Migrations_come_in_the_order_of_their_versions()
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Table(2, "B"), MigrationsOf.Table(1, "A"));

        Assert.That(catalog.All.Select(m => m.Id.Name), Is.EqualTo(new[] { "A", "B" }));
        Assert.That(catalog.Find(2)?.Id.Name, Is.EqualTo("B"));
        Assert.That(catalog.Find(3), Is.Null);
    }

    [TestCase(1, 1, TestName = "the same version twice")]
    [TestCase(0, 1, TestName = "version zero")]
    [TestCase(-1, 1, TestName = "a negative version")]
    public void A_catalog_refuses(long first, long second) =>
        Assert.That(
            () =>
                MigrationsOf.Catalog(
                    MigrationsOf.Table(first, "A"),
                    MigrationsOf.Table(second, "B")
                ),
            Throws.ArgumentException
        );

    [Test]
    public void A_version_that_exists_twice_names_both_classes() =>
        Assert.That(
            () => MigrationsOf.Catalog(MigrationsOf.Table(7, "B"), MigrationsOf.Table(7, "A")),
            Throws.ArgumentException.With.Message.EqualTo("7_A and 7_B share a version.")
        );
}
