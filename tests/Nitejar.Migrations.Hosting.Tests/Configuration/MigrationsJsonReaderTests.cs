using System.Text.Json;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Configuration.Json;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

public sealed class MigrationsJsonReaderTests
{
    internal const string Full = """
        {
          "$schema": "migrations.schema.json",
          "defaultEnvironment": "live",
          "environments": {
            "live": {
              "connection": "n.db",
              "lockTimeout": "60s",
              "statementTimeout": "5m",
              "receiptDirectory": "receipts",
              "allowDown": false,
              "backup": false,
              "backupDirectory": "backups",
              "backupsToKeep": 7,
              "tags": ["eu", "bücher, neu"],
              "transaction": "migration"
            },
            "bücher": {}
          },
          "migrationsDirectory": "migrations"
        }
        """;

    private static IEnumerable<string> EnvironmentKeys => MigrationsJsonKeys.Environment.Keys;

    [TestCaseSource(nameof(EnvironmentKeys))]
    public void A_key_sets_the_value_of_its_name_and_no_other(string key)
    {
        var value = JsonElement
            .Parse(Full)
            .GetProperty("environments")
            .GetProperty("live")
            .GetProperty(key);

        var environment = Read(
            $$"""{ "environments": { "live": { "{{key}}": {{value.GetRawText()}} } } }"""
        ).Environments["live"];

        Assert.That(
            typeof(EnvironmentJson)
                .GetProperties()
                .Where(property => property.GetValue(environment) is not null)
                .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)),
            Is.EqualTo(new[] { key })
        );
    }

    [Test]
    public void Every_key_is_read()
    {
        var config = Read(Full);

        Assert.Multiple(() =>
        {
            Assert.That(config.DefaultEnvironment, Is.EqualTo("live"));
            Assert.That(config.MigrationsDirectory, Is.EqualTo("migrations"));
            Assert.That(
                config.Environments["live"] with
                {
                    Tags = null,
                },
                Is.EqualTo(
                    new EnvironmentJson(
                        "n.db",
                        TimeSpan.FromSeconds(60),
                        TimeSpan.FromMinutes(5),
                        "receipts",
                        AllowDown: false,
                        Backup: false,
                        "backups",
                        BackupsToKeep: 7,
                        Transaction: CommitUnit.Migration
                    )
                )
            );
            Assert.That(
                config.Environments["live"].Tags,
                Is.EqualTo(new[] { "eu", "bücher, neu" })
            );
            Assert.That(config.Environments["bücher"], Is.EqualTo(new EnvironmentJson()));
        });
    }

    [TestCase("{}")]
    [TestCase(" \r\n {\r\n}\r\n ")]
    [TestCase("""{ "environments": {} }""")]
    [TestCase("\uFEFF{}")]
    public void Everything_may_be_absent(string text)
    {
        var config = Read(text);

        Assert.Multiple(() =>
        {
            Assert.That(config.DefaultEnvironment, Is.Null);
            Assert.That(config.MigrationsDirectory, Is.Null);
            Assert.That(config.Environments, Is.Empty);
        });
    }

    [Test]
    public void Escapes_are_understood()
    {
        var config = Read("""{ "default\u0045nvironment": "a\/\u00fc\ud83d\ude00" }""");

        Assert.That(config.DefaultEnvironment, Is.EqualTo("a/ü😀"));
    }

    [Test]
    public void Line_ends_of_both_kinds_and_a_byte_order_mark_are_fine()
    {
        var config = Read("\uFEFF" + Full.ReplaceLineEndings("\r\n"));

        Assert.That(config.Environments, Has.Count.EqualTo(2));
    }

    private static MigrationsJson Read(string text) =>
        new MigrationsJsonReader("m.json", Encoding.UTF8.GetBytes(text)).Read();
}
