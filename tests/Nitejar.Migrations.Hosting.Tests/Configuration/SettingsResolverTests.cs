using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

public sealed class SettingsResolverTests
{
    private static readonly CommonOptions NoOptions = new(null, null, null, null, null, null);

    private const string Config = """
        {
          "defaultEnvironment": "development",
          "environments": {
            "development": { "connection": "dev.db" },
            "live": {
              "connection": "${LIVE}",
              "lockTimeout": "60s",
              "statementTimeout": "5m",
              "receiptDirectory": "receipts",
              "allowDown": false
            },
            "bare": {}
          }
        }
        """;

    private readonly Dictionary<string, string> _variables = [];
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter()
    {
        _variables.Clear();
        _folder = new WorkingFolder();
    }

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public void Without_options_variables_and_file_there_are_defaults()
    {
        var settings = Resolve(NoOptions);

        Assert.Multiple(() =>
        {
            Assert.That(settings.Database.Name, Is.EqualTo("nitejar.db"));
            Assert.That(settings.Environment, Is.Null);
            Assert.That(settings.LockTimeout, Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(settings.StatementTimeout, Is.Null);
            Assert.That(settings.Receipt, Is.Null);
            Assert.That(settings.GuardedBy, Is.Null);
            Assert.That(settings.Warnings, Is.Empty);
        });
    }

    [Test]
    public void The_default_environment_counts_and_no_other_is_expanded()
    {
        _folder.Write("migrations.json", Config);

        var settings = Resolve(NoOptions);

        Assert.Multiple(() =>
        {
            Assert.That(settings.Environment, Is.EqualTo("development"));
            Assert.That(settings.Database.Name, Is.EqualTo("dev.db"));
        });
    }

    [Test]
    public void The_chosen_environment_gives_what_no_option_gives()
    {
        _folder.Write("migrations.json", Config);
        _variables["LIVE"] = "live.db";

        var settings = Resolve(NoOptions with { Environment = "live" });

        Assert.Multiple(() =>
        {
            Assert.That(settings.Database.Name, Is.EqualTo("live.db"));
            Assert.That(settings.LockTimeout, Is.EqualTo(TimeSpan.FromMinutes(1)));
            Assert.That(settings.StatementTimeout, Is.EqualTo(TimeSpan.FromMinutes(5)));
            Assert.That(
                settings.Receipt,
                Is.EqualTo(new ReceiptLocation(_folder["receipts"], IsFolder: true))
            );
            Assert.That(settings.GuardedBy, Is.EqualTo("live"));
        });
    }

    [TestCase("guarded.db", "live")]
    [TestCase("./sub/../guarded.db", "live")]
    [TestCase("link.db", "live")]
    [TestCase("other.db", null)]
    public void A_database_is_guarded_however_its_connection_is_given(string path, string? guard)
    {
        _folder.Write(
            "migrations.json",
            """
            { "defaultEnvironment": "dev", "environments": {
                "unset": { "connection": "${UNSET}", "allowDown": false },
                "live": { "connection": "sqlite:guarded.db", "allowDown": false },
                "dev": { "connection": "dev.db" } } }
            """
        );
        _folder.Write("guarded.db", "");
        Directory.CreateDirectory(_folder["sub"]);
        File.CreateSymbolicLink(_folder["link.db"], _folder["guarded.db"]);
        _variables["DATABASE_URL"] = path;

        Assert.That(Resolve(NoOptions).GuardedBy, Is.EqualTo(guard));
        Assert.That(Resolve(NoOptions with { Connection = path }).GuardedBy, Is.EqualTo(guard));
    }

    [Test]
    public void An_environment_without_a_connection_guards_what_it_is_chosen_for()
    {
        _folder.Write(
            "migrations.json",
            """{ "environments": { "live": { "allowDown": false }, "dev": {} } }"""
        );

        Assert.That(
            Resolve(NoOptions with { Environment = "live", Connection = "x.db" }).GuardedBy,
            Is.EqualTo("live")
        );
        Assert.That(
            Resolve(NoOptions with { Environment = "dev", Connection = "x.db" }).GuardedBy,
            Is.Null
        );
    }

    [Test]
    public void Options_win_over_the_environment()
    {
        _folder.Write("migrations.json", Config);

        var settings = Resolve(
            new CommonOptions(
                "option.db",
                ConnectionFile: null,
                ConfigFile: null,
                "live",
                TimeSpan.FromSeconds(1),
                TimeSpan.FromSeconds(2)
            )
        );

        Assert.Multiple(() =>
        {
            // The reference of the environment is not set, and does not matter.
            Assert.That(settings.Database.Name, Is.EqualTo("option.db"));
            Assert.That(settings.LockTimeout, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(settings.StatementTimeout, Is.EqualTo(TimeSpan.FromSeconds(2)));
        });
    }

    [TestCase("live", "refers to ${LIVE}, which is not set")]
    [TestCase("vile", "migrations.json has no environment vile")]
    [TestCase("bear", "migrations.json has no environment bear")]
    [TestCase("c4n4ry", "migrations.json has no environment of the name that --environment gives.")]
    [TestCase("Live", "migrations.json has no environment Live")]
    public void An_environment_that_cannot_be_used_is_an_error(string name, string problem)
    {
        _folder.Write("migrations.json", Config);

        var refused = Refusals.Of(() => Resolve(NoOptions with { Environment = name }));

        Assert.That(refused.Message, Does.Contain(problem));
    }

    [Test]
    public void An_unknown_environment_is_answered_with_the_known_ones()
    {
        _folder.Write("migrations.json", Config);

        var refused = Refusals.Of(() => Resolve(NoOptions with { Environment = "x" }));

        Assert.That(refused.NextStep, Is.EqualTo("It has: development, live, bare."));
    }

    [Test]
    public void An_environment_needs_a_file()
    {
        var refused = Refusals.Of(() => Resolve(NoOptions with { Environment = "live" }));

        Assert.That(
            refused.Message,
            Is.EqualTo(
                "--environment needs a migrations.json, and there is none here or in a folder above."
            )
        );
    }

    [TestCase("absent.json", "cannot be read")]
    [TestCase("folder", "is a folder")]
    [TestCase("large.json", "is larger than 1024 KiB")]
    public void A_configuration_file_that_was_named_has_to_be_readable(string name, string problem)
    {
        Directory.CreateDirectory(_folder["folder"]);
        _folder.Write("large.json", new string(' ', (1024 * 1024) + 1));

        var refused = Refusals.Of(() => Resolve(NoOptions with { ConfigFile = name }));

        Assert.That(
            refused.Message,
            Does.StartWith($"The configuration {name} ").And.Contain(problem)
        );
    }

    private Settings Resolve(CommonOptions options) =>
        SettingsResolver.Resolve(
            options,
            TestProgram.With(_variables.GetValueOrDefault),
            new Redactor()
        );
}
