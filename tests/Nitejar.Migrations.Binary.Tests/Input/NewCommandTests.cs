using System.Globalization;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Input;

public sealed class NewCommandTests : WorkplaceTests
{
    [SetUp]
    public void Configure()
    {
        Directory.CreateDirectory(Place["Our.Migrations"]);
        Place.Write("migrations.json", """{ "migrationsDirectory": "Our.Migrations" }""");
    }

    [Test]
    public void The_file_is_named_after_the_current_second_and_the_class()
    {
        var before = DateTime.UtcNow.AddSeconds(-1);

        var file = Place.Run("new", "AddThing").Exits(0).Output.TrimEnd('\n');

        Assert.That(file, Does.Match("^Our\\.Migrations/[0-9]{14}_AddThing\\.cs$"));
        var time = DateTime.ParseExact(
            Path.GetFileName(file)[..14],
            "yyyyMMddHHmmss",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
        Assert.That(time, Is.InRange(before, DateTime.UtcNow));
        Assert.That(File.Exists(Place[file]));
    }

    [Test]
    public void The_file_is_a_migration_whose_Down_is_still_to_be_written()
    {
        var file = Place.Run("new", "AddThing").Exits(0).Output.TrimEnd('\n');
        var version = Path.GetFileName(file)[..14];

        var code = File.ReadAllText(Place[file]);

        Assert.That(
            code,
            Is.EqualTo(
                $$"""
                using FluentMigrator;

                namespace Our.Migrations;

                /// <summary>What this changes, and why.</summary>
                [Migration({{version}})]
                public sealed class AddThing : Migration
                {
                    /// <inheritdoc />
                    public override void Up() { }

                    /// <inheritdoc />
                    public override void Down() =>
                        throw new System.NotSupportedException("{{version}}_AddThing has no Down yet.");
                }

                """
            )
        );
    }

    [Test]
    public void Two_of_the_same_second_get_versions_of_their_own()
    {
        var files = Enumerable
            .Range(0, 5)
            .Select(n => Place.Run("new", $"Add{n}").Exits(0).Output)
            .Select(file => Path.GetFileName(file)[..14]);

        Assert.That(files, Is.Unique);
    }

    [TestCase("addThing")]
    [TestCase("Add-Thing")]
    [TestCase("Add Thing")]
    [TestCase("../AddThing")]
    [TestCase("1Thing")]
    [TestCase("Thing;")]
    [TestCase("Ünicode")]
    [TestCase("")]
    public void A_name_that_is_no_class_name_is_refused(string name)
    {
        Place.Run("new", name).Exits(2);

        Assert.That(Directory.EnumerateFileSystemEntries(Place["Our.Migrations"]), Is.Empty);
    }

    [Test]
    public void A_name_longer_than_a_hundred_letters_is_refused() =>
        Place.Run("new", "A" + new string('b', 100)).Exits(2);

    [Test]
    public void A_second_migration_of_the_same_name_is_refused()
    {
        Place.Run("new", "AddThing").Exits(0);

        var result = Place.Run("new", "AddThing").Exits(2);

        Assert.That(result.Error, Does.Contain("_AddThing.cs"));
        Assert.That(Directory.EnumerateFiles(Place["Our.Migrations"]).Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_folder_that_does_not_exist_is_refused()
    {
        Directory.Delete(Place["Our.Migrations"]);

        var result = Place.Run("new", "AddThing").Exits(2);

        Assert.That(result.Error, Does.Contain("migrationsDirectory"));
    }

    [Test]
    public void Without_a_configuration_the_file_goes_into_the_working_directory()
    {
        File.Delete(Place["migrations.json"]);

        var file = Place.Run("new", "AddThing").Exits(0).Output.TrimEnd('\n');

        Assert.That(File.ReadAllText(Place[file]), Does.Contain("class AddThing : Migration"));
    }
}
