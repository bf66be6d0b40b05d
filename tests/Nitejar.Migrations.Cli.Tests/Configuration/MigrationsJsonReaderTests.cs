using Nitejar.Migrations.Cli.Configuration;

namespace Nitejar.Migrations.Cli.Tests.Configuration;

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
              "backupsToKeep": 7
            },
            "bücher": {}
          },
          "migrationsDirectory": "migrations"
        }
        """;

    [Test]
    public void Every_key_is_read()
    {
        var config = Read(Full);

        Assert.Multiple(() =>
        {
            Assert.That(config.DefaultEnvironment, Is.EqualTo("live"));
            Assert.That(config.MigrationsDirectory, Is.EqualTo("migrations"));
            Assert.That(
                config.Environments["live"],
                Is.EqualTo(
                    new EnvironmentJson(
                        "n.db",
                        TimeSpan.FromSeconds(60),
                        TimeSpan.FromMinutes(5),
                        "receipts",
                        AllowDown: false,
                        Backup: false,
                        "backups",
                        BackupsToKeep: 7
                    )
                )
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
