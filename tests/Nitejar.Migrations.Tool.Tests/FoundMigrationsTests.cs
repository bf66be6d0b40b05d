using FluentMigrator;
using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Hosting;

namespace Nitejar.Migrations.Tool.Tests;

/// <summary>Which classes of a library are migrations: those of FluentMigrator's own runner, with a word about each other one.</summary>
public sealed class FoundMigrationsTests
{
    private const string EveryKind = """
        using System;
        using FluentMigrator;
        using FluentMigrator.Runner.Constraints;
        using FluentMigrator.Runner.VersionTableInfo;

        namespace Shop
        {
            public class ShopAttribute : MigrationAttribute { public ShopAttribute(int year) : base(year * 100L) { } }
            public class NeverAttribute : MigrationConstraintAttribute { public NeverAttribute() : base(_ => false) { } }
            [Tags("demo")] public interface IDemo { }
            public abstract class Base : Migration { public override void Up() { } public override void Down() { } }

            [Migration(1)] public class One : Base { }
            [TimestampedMigration(2026, 1, 2, 3, 4)] public class Two : Base { }
            [Shop(20)] public class Three : Base { }
            public static class Outer { [Migration(4)] public class Nested : Base { } }
            [Migration(5)] public class Tagged : Base, IDemo { }
            [Migration(6), Never] public class Constrained : Base { }
            [Migration(7), MigrationTrait("LosesData", "meant")] public class Losing : Base { }
            [Migration(8)] public abstract class Abstract : Base { }
            [Migration(9)] internal class Internal : Base { }
            public class WithoutVersion : Base { }
            [Maintenance(MigrationStage.AfterAll)] public class Work : Base { }
            [Profile("dev")] public class Data : Base { }

            public class Versions : DefaultVersionTableMetaData
            {
                public Versions(FluentMigrator.Runner.Conventions.IConventionSet c, Microsoft.Extensions.Options.IOptions<FluentMigrator.Runner.Initialization.RunnerOptions> o) : base(c, o) { }
                public override string TableName { get { return "shop_versions"; } }
            }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void They_are_those_that_FluentMigrators_own_runner_finds()
    {
        var file = CompiledLibrary.Of(_folder["kinds.dll"], EveryKind);
        var catalog = MigrationCatalog.From(MigrationLibraries.Load([file]).Index);

        // The same types, since FluentMigrator is shared: what it finds in the library that is loaded already.
        var library = catalog.All[0].Create().GetType().Assembly;
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => runner.AddSQLite().ScanIn(library).For.Migrations())
            .BuildServiceProvider();
        var stock = services
            .GetRequiredService<IMigrationInformationLoader>()
            .LoadMigrations()
            .Where(found => found.Value.Migration is not null)
            .ToDictionary(found => found.Key, found => found.Value.Migration.GetType());

        Assert.That(
            catalog.All.ToDictionary(found => found.Id.Version, found => found.Create().GetType()),
            Is.SupersetOf(stock)
        );
        Assert.That(
            catalog.All.Select(found => found.Id.ToString()),
            Is.EqualTo(
                new[]
                {
                    "1_One",
                    "4_Nested",
                    "5_Tagged",
                    "6_Constrained",
                    "7_Losing",
                    "2000_Three",
                    "20260102030400_Two",
                }
            )
        );
    }

    [Test]
    public void What_decides_about_them_is_found_with_them()
    {
        var file = CompiledLibrary.Of(_folder["conditions.dll"], EveryKind);

        var catalog = MigrationCatalog.From(MigrationLibraries.Load([file]).Index);

        Assert.That(catalog.Find(5)!.Tags.Contains("demo"), Is.True);
        Assert.That(catalog.Find(6)!.Constraints, Has.Count.EqualTo(1));
        Assert.That(catalog.Find(7)!.LosesData, Is.EqualTo("meant"));
        Assert.That(catalog.VersionTable.Name, Is.EqualTo("shop_versions"));
        Assert.That(catalog.All.Any(found => found.ReadsConnectionString), Is.False);
    }

    [Test]
    public void What_is_not_applied_is_said()
    {
        var file = CompiledLibrary.Of(_folder["warnings.dll"], EveryKind);

        Assert.That(
            MigrationLibraries.Load([file]).Warnings,
            Is.EquivalentTo(
                new[]
                {
                    "Shop.WithoutVersion implements IMigration but has no [Migration] attribute, so it is never applied.",
                    "Shop.Work has [Maintenance], and is never run here; execute its SQL after `up` in the deploy.",
                    "Shop.Data has [Profile], and is never run here, as by FluentMigrator without --profile.",
                    "Shop.Internal is not public, so that FluentMigrator's own runner does not find it, and it is not applied here either.",
                }
            )
        );
    }

    [Test]
    public void Several_libraries_are_one_catalog()
    {
        string[] files =
        [
            CompiledLibrary.Of(_folder["first.dll"], Migration("1", "First", "")),
            CompiledLibrary.Of(_folder["second.dll"], Migration("2", "Second", "")),
        ];

        Assert.That(
            MigrationCatalog
                .From(MigrationLibraries.Load(files).Index)
                .All.Select(found => found.Id.ToString()),
            Is.EqualTo(new[] { "1_First", "2_Second" })
        );
    }

    [Test]
    public void A_connection_is_handed_to_those_whose_library_reads_it()
    {
        var file = CompiledLibrary.Of(
            _folder["reading.dll"],
            Migration("1", "Reading", "Execute.Sql(ConnectionString);")
        );

        Assert.That(
            MigrationCatalog
                .From(MigrationLibraries.Load([file]).Index)
                .All[0]
                .ReadsConnectionString,
            Is.True
        );
    }

    [Test]
    public void A_constructor_can_want_nothing()
    {
        var file = CompiledLibrary.Of(
            _folder["wanting.dll"],
            Migration("1", "Wanting", "", "public Wanting(System.IFormatProvider culture) { }")
        );
        var (_, _, _, create) = MigrationLibraries.Load([file]).Index[0];

        Assert.That(
            () => create(),
            Throws.InvalidOperationException.With.Message.StartsWith(
                "Wanting wants System.IFormatProvider, which a library cannot be given"
            )
        );
    }

    /// <summary>A migration in C#.</summary>
    internal static string Migration(string version, string name, string up, string members = "") =>
        $$"""
            [FluentMigrator.Migration({{version}})] public class {{name}} : FluentMigrator.Migration
            {
                {{members}}
                public override void Up() { {{up}} }
                public override void Down() { }
            }
            """;
}
