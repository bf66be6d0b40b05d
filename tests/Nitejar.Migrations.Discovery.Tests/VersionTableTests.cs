using System.Globalization;
using FluentMigrator;
using FluentMigrator.Runner.VersionTableInfo;

namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>A class that names FluentMigrator's table of applied versions is found as its own runner finds it, or is an error.</summary>
public sealed class VersionTableTests
{
    private const string Default = """
        using FluentMigrator.Runner.Conventions; using FluentMigrator.Runner.Initialization; using FluentMigrator.Runner.VersionTableInfo; using Microsoft.Extensions.Options;
        public class Meta : DefaultVersionTableMetaData
        {
            public Meta(IConventionSet conventions, IOptions<RunnerOptions> options) : base(conventions, options) { SchemaName = "app"; }
            public override string TableName => "versions";
        }
        """;

    private static readonly string Two =
        Sources.Migration("[Migration(1), Tags(\"a\")]", "A")
        + "[Migration(2)] public class B : A { }";

    [Test]
    public void Every_entry_carries_a_class_as_FluentMigrator_makes_it()
    {
        var generated = Generated.From(Two, Default);

        Assert.That(generated.Rules, Is.Empty);
        var tables = generated.Evaluate().Select(entry => TableOf(entry.Conditions)).ToArray();
        Assert.That(tables, Has.Length.EqualTo(2).And.All.Not.Null);
        Assert.That(
            (tables[0]!.TableName, tables[0]!.SchemaName, tables[0]!.ColumnName),
            Is.EqualTo(("versions", "app", "Version"))
        );
    }

    [Test]
    public void A_project_without_one_says_nothing() =>
        Assert.That(
            Generated.From(Two, Default.Replace("class Meta", "abstract class Meta")).ToString(),
            Does.Not.Contain("VersionTable")
        );

    [Test]
    public void One_that_wants_a_service_gets_it()
    {
        var wanting = Default.Replace("options) : base", "options, System.Version v) : base");
        var generated = Generated.From(Two, wanting);

        var served = generated.Evaluate(() => new Served(new Version(7, 0)));
        Assert.That(TableOf(served[0].Conditions), Is.Not.Null);
        Assert.That(
            () => Generated.From(Two, wanting).Evaluate(),
            Throws.ArgumentException.With.Message.Contains("The version table of Meta")
        );
    }

    [TestCase("public class Meta", "internal class Meta", "is not public")]
    [TestCase("public Meta(", "internal Meta(int i, ", "cannot be created")]
    public void One_of_which_it_cannot_be_told_is_an_error(string from, string to, string why)
    {
        var problem = Generated.From(Two, Default.Replace(from, to)).Problems.Single();

        Assert.That(problem.Id, Is.EqualTo("NITEJAR015"));
        Assert.That(
            problem.GetMessage(CultureInfo.InvariantCulture),
            Does.Contain(why).And.Contain(".VersionTable(")
        );
    }

    [Test]
    public void Two_are_an_error() =>
        Assert.That(
            Generated
                .From(
                    Two,
                    Default + "public class Other : Meta { public Other() : base(null, null) { } }"
                )
                .Rules,
            Is.EqualTo(["NITEJAR015"])
        );

    private static IVersionTableMetaData? TableOf(Attribute[] conditions) =>
        conditions
            .OfType<MigrationTraitAttribute>()
            .Select(trait => trait.Value)
            .OfType<IVersionTableMetaData>()
            .SingleOrDefault();

    private sealed class Served(object service) : IServiceProvider
    {
        public object? GetService(Type serviceType) => service;
    }
}
