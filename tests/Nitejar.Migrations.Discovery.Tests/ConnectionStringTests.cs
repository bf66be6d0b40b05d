using FluentMigrator;

namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>A project that reads the connection string of a migration says so in each entry of its index.</summary>
public sealed class ConnectionStringTests
{
    private static readonly string Other = Sources.Migration("[Migration(2), Tags(\"a\")]", "B");

    [TestCase("public override void Up() { Execute.Sql(ConnectionString); }")]
    [TestCase(
        "public override void Up() => Execute.Sql(\"SELECT '\" + this.ConnectionString + \"'\");"
    )]
    [TestCase(
        "public override void Up() => Execute.Sql(Text()); private string Text() => base.ConnectionString;"
    )]
    [TestCase(
        "public override void Up() => Execute.Sql(Of(this)); static string Of(IMigration m) => m.ConnectionString;"
    )]
    [TestCase(
        "public override void Up() => Execute.Sql(this is { ConnectionString: \"\" } ? \"\" : \"SELECT 1\");"
    )]
    public void Every_entry_says_that_it_is_read(string members)
    {
        var generated = Generated.From(Class(members), Other);

        Assert.That(generated.Rules, Is.Empty);
        Assert.That(
            generated
                .Evaluate()
                .Select(entry => entry.Conditions.OfType<MigrationTraitAttribute>().Single().Name),
            Is.EqualTo(new[] { "ConnectionString", "ConnectionString" })
        );
    }

    [Test]
    public void The_class_that_reads_it_need_not_be_a_migration() =>
        Assert.That(
            Generated
                .From(
                    Other,
                    "static class Help { public static string Of(FluentMigrator.Migration m) => m.ConnectionString; }"
                )
                .ToString(),
            Does.Contain("\"ConnectionString\"")
        );

    [TestCase(
        "public override void Up() => Execute.WithConnection((c, _) => c.ConnectionString.Trim());"
    )]
    [TestCase(
        "public override void Up() { var ConnectionString = 1; Insert.IntoTable(\"t\").Row(new { ConnectionString }); }"
    )]
    public void A_connection_string_of_something_else_is_none(string members)
    {
        var generated = Generated.From(Class(members), Other);

        Assert.That(generated.Rules, Is.Empty);
        Assert.That(
            generated
                .Evaluate()
                .SelectMany(entry => entry.Conditions.OfType<MigrationTraitAttribute>()),
            Is.Empty
        );
    }

    private static string Class(string members) =>
        "using FluentMigrator; [Migration(1)] public class A : Migration { "
        + members
        + " public override void Down() { Execute.Sql(\"SELECT 1\"); } }";
}
