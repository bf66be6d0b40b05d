using System.Text.Json;
using System.Text.RegularExpressions;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Configuration.Values;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Tests.Configuration.Values;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

/// <summary>The JSON schema, the reader and the repository's own file agree.</summary>
public sealed class MigrationsSchemaTests
{
    private static readonly string SchemaFile = Repository.PathOf(
        "src",
        "Nitejar.Migrations.Hosting",
        "Configuration",
        "migrations.schema.json"
    );

    private static readonly JsonElement Schema = JsonElement.Parse(File.ReadAllText(SchemaFile));

    private static readonly JsonElement EnvironmentSchema = Schema
        .GetProperty("$defs")
        .GetProperty("environment");

    [Test]
    public void The_schema_lists_the_keys_that_the_reader_knows()
    {
        Assert.Multiple(() =>
        {
            Assert.That(KeysOf(Schema), Is.EquivalentTo(MigrationsJsonKeys.Root.Keys));
            Assert.That(
                KeysOf(EnvironmentSchema),
                Is.EquivalentTo(MigrationsJsonKeys.Environment.Keys)
            );
        });
    }

    [Test]
    public void The_schema_allows_no_other_keys_and_describes_each()
    {
        foreach (var place in new[] { Schema, EnvironmentSchema })
        {
            Assert.Multiple(() =>
            {
                Assert.That(place.GetProperty("additionalProperties").GetBoolean(), Is.False);
                foreach (var key in place.GetProperty("properties").EnumerateObject())
                {
                    Assert.That(
                        key.Value.GetProperty("description").GetString(),
                        Is.Not.Empty,
                        key.Name
                    );
                }
            });
        }
    }

    [TestCaseSource(typeof(DurationsTests), nameof(DurationsTests.Texts))]
    public void The_schema_has_the_same_durations_as_the_reader(string text)
    {
        var pattern = Schema
            .GetProperty("$defs")
            .GetProperty("duration")
            .GetProperty("pattern")
            .GetString()!;

        Assert.That(
            Regex.IsMatch(text, pattern, RegexOptions.ECMAScript),
            Is.EqualTo(Durations.Parse(text) is not null)
        );
    }

    [Test]
    public void The_file_of_the_repository_points_to_the_schema()
    {
        var file = Repository.PathOf("migrations.json");
        var reference = JsonElement
            .Parse(File.ReadAllText(file))
            .GetProperty("$schema")
            .GetString()!;

        Assert.That(
            Path.GetFullPath(reference, Path.GetDirectoryName(file)!),
            Is.EqualTo(SchemaFile)
        );
    }

    [TestCase(null, "nitejar.db")]
    [TestCase("development", "nitejar.db")]
    [TestCase("ci", "scratch.db")]
    [TestCase("production", "live.db")]
    public void The_file_of_the_repository_has_environments_that_resolve(
        string? environment,
        string database
    )
    {
        var file = Repository.PathOf("migrations.json");

        var settings = SettingsResolver.Resolve(
            new CommonOptions(null, null, file, environment, null, null),
            TestProgram.With(name => name == "NITEJAR_DATABASE" ? "live.db" : null),
            new Redactor()
        );

        Assert.Multiple(() =>
        {
            Assert.That(
                Path.GetFullPath(settings.Database.Name),
                Is.EqualTo(Repository.PathOf(database))
            );
            Assert.That(settings.Warnings, Is.Empty);
            Assert.That(settings.GuardedBy, Is.Null);
        });
    }

    [Test]
    public void The_file_of_the_repository_names_the_folder_of_the_migrations()
    {
        var config = MigrationsJsonFile.Load(Repository.PathOf("migrations.json"))!;

        Assert.That(Path.Combine(config.Folder, config.MigrationsDirectory!), Does.Exist);
    }

    private static IEnumerable<string> KeysOf(JsonElement place) =>
        place.GetProperty("properties").EnumerateObject().Select(property => property.Name);
}
