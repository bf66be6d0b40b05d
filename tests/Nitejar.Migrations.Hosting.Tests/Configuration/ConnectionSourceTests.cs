using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Tests.Support;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

public sealed class ConnectionSourceTests
{
    private static readonly CommonOptions NoOptions = new(null, null, null, null, null, null);

    private readonly Dictionary<string, string> _variables = [];

    [SetUp]
    public void Forget() => _variables.Clear();

    /// <summary>Each row has what the one before has, without its winner.</summary>
    [TestCase("option", "option file NITEJAR_MIGRATE_CONNECTION DATABASE_URL environment")]
    [TestCase("file", "file NITEJAR_MIGRATE_CONNECTION DATABASE_URL environment")]
    [TestCase("NITEJAR_MIGRATE_CONNECTION", "NITEJAR_MIGRATE_CONNECTION DATABASE_URL environment")]
    [TestCase("DATABASE_URL", "DATABASE_URL environment")]
    [TestCase("environment", "environment")]
    [TestCase("nitejar", "")]
    [TestCase("option", "option environment")]
    [TestCase("file", "file environment")]
    public void The_first_source_wins(string winner, string present)
    {
        using var folder = new WorkingFolder();
        folder.Write("connection", "file.db\n");
        var given = present.Split(' ');
        foreach (
            var name in given.Where(name => name.All(c => char.IsAsciiLetterUpper(c) || c == '_'))
        )
        {
            _variables[name] = name + ".db";
        }

        var target = ConnectionSource.Resolve(
            NoOptions with
            {
                Connection = given.Contains("option") ? "option.db" : null,
                ConnectionFile = given.Contains("file") ? "connection" : null,
            },
            given.Contains("environment") ? EnvironmentIn(folder.Path, "environment.db") : null,
            TestProgram.With(_variables.GetValueOrDefault),
            new Redactor()
        );

        Assert.That(
            (target.Name, ((SqliteDatabase)target).Mode),
            Is.EqualTo((winner + ".db", SqliteOpenMode.ReadWriteCreate))
        );
    }

    [TestCase("option", "option file named NITEJAR_MIGRATE_CONNECTION DATABASE_URL")]
    [TestCase("file", "file named NITEJAR_MIGRATE_CONNECTION DATABASE_URL")]
    [TestCase("environment", "named NITEJAR_MIGRATE_CONNECTION DATABASE_URL")]
    public void An_environment_that_an_option_names_wins_over_variables(
        string winner,
        string present
    )
    {
        using var folder = new WorkingFolder();
        folder.Write("connection", "file.db\n");
        var given = present.Split(' ');
        _variables["NITEJAR_MIGRATE_CONNECTION"] = "variable.db";
        _variables["DATABASE_URL"] = "url.db";
        var options = NoOptions with
        {
            Connection = given.Contains("option") ? "option.db" : null,
            ConnectionFile = given.Contains("file") ? "connection" : null,
            Environment = "staging",
        };
        var environment = EnvironmentIn(folder.Path, "environment.db");

        var target = ConnectionSource.Resolve(
            options,
            environment,
            TestProgram.With(_variables.GetValueOrDefault),
            new Redactor()
        );

        Assert.That(Path.GetFileName(target.Name), Is.EqualTo(winner + ".db"));
        Assert.That(
            ConnectionSource.NoteOn(
                options,
                environment,
                TestProgram.With(_variables.GetValueOrDefault)
            ),
            Does.EndWith("NITEJAR_MIGRATE_CONNECTION, DATABASE_URL)")
        );
    }

    [Test]
    public void A_single_source_needs_no_note()
    {
        _variables["DATABASE_URL"] = "url.db";

        Assert.That(
            ConnectionSource.NoteOn(
                NoOptions,
                environment: null,
                TestProgram.With(_variables.GetValueOrDefault)
            ),
            Is.Null
        );
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("\t\n")]
    public void A_blank_variable_counts_as_unset(string blank)
    {
        using var folder = new WorkingFolder();
        _variables["NITEJAR_MIGRATE_CONNECTION"] = blank;
        _variables["DATABASE_URL"] = "url.db";

        Assert.That(Resolve(NoOptions).Name, Is.EqualTo("url.db"));

        _variables["DATABASE_URL"] = blank;
        Assert.That(Resolve(NoOptions).Name, Is.EqualTo("nitejar.db"));
    }

    [Test]
    public void An_empty_option_is_an_error_and_no_reason_to_look_further()
    {
        _variables["DATABASE_URL"] = "url.db";

        var refused = Refusals.Of(() => Resolve(NoOptions with { Connection = "" }));

        Assert.That(refused.Message, Is.EqualTo("--connection is empty."));
    }

    [TestCase("NITEJAR_MIGRATE_CONNECTION")]
    [TestCase("DATABASE_URL")]
    public void A_variable_that_makes_no_sense_is_named(string name)
    {
        _variables[name] = "http://c4n4ry";

        var refused = Refusals.Of(() => Resolve(NoOptions));

        Assert.That(refused.Message, Does.StartWith(name + " ").And.Not.Contain("c4n4ry"));
    }

    [Test]
    public void Relative_paths_of_an_environment_start_at_its_file()
    {
        var environment = EnvironmentIn("/srv/deploy", "data/n.db");

        var target = ConnectionSource.Resolve(
            NoOptions,
            environment,
            TestProgram.With(_variables.GetValueOrDefault),
            new Redactor()
        );

        Assert.That(target.Name, Is.EqualTo("/srv/deploy/data/n.db"));
    }

    [Test]
    public void An_environment_whose_connection_makes_no_sense_is_named()
    {
        var environment = EnvironmentIn("/srv/deploy", "http://c4n4ry");

        var refused = Refusals.Of(() =>
            ConnectionSource.Resolve(
                NoOptions,
                environment,
                TestProgram.With(_variables.GetValueOrDefault),
                new Redactor()
            )
        );

        Assert.That(
            refused.Message,
            Does.StartWith("The connection of environment live in m.json ")
                .And.Not.Contain("c4n4ry")
        );
    }

    [TestCase("n.db")]
    [TestCase("n.db\n")]
    [TestCase("n.db\r\n")]
    [TestCase("\uFEFFn.db\n")]
    public void A_connection_file_may_end_in_a_line_feed(string content)
    {
        using var folder = new WorkingFolder();
        folder.Write("connection", content);

        Assert.That(
            Resolve(NoOptions with { ConnectionFile = "connection" }).Name,
            Is.EqualTo("n.db")
        );
    }

    [TestCase("absent", "cannot be read")]
    [TestCase("folder", "is a folder")]
    [TestCase("large", "larger than 64 KiB")]
    [TestCase("empty", "is empty")]
    [TestCase("lines", "control characters")]
    public void A_connection_file_that_holds_no_connection_is_refused(string name, string problem)
    {
        using var folder = new WorkingFolder();
        Directory.CreateDirectory(folder["folder"]);
        folder.Write("large", new string('x', (64 * 1024) + 1));
        folder.Write("empty", "");
        folder.Write("lines", "c4n4ry.db\nother.db\n");

        var refused = Refusals.Of(() => Resolve(NoOptions with { ConnectionFile = name }));

        Assert.That(
            refused.Message,
            Does.StartWith($"The connection file {name} ")
                .And.Contain(problem)
                .And.Not.Contain("c4n4ry")
        );
    }

    [TestCase("c4n4ry")]
    [TestCase("c4n4ry\n")]
    [TestCase("c4n-4ry_0123456789+x")]
    public void A_bare_word_that_nobody_typed_is_refused(string token)
    {
        using var folder = new WorkingFolder();
        folder.Write("connection", token);
        _variables["DATABASE_URL"] = token;
        _variables["TOKEN"] = token;
        Action[] sources =
        [
            () => Resolve(NoOptions with { ConnectionFile = "connection" }),
            () => Resolve(NoOptions),
            () =>
                ConnectionSource.Resolve(
                    NoOptions,
                    EnvironmentIn(folder.Path, "${TOKEN}"),
                    TestProgram.With(name => name == "TOKEN" ? token : null),
                    new Redactor()
                ),
        ];

        foreach (var source in sources)
        {
            Assert.That(
                Refusals.Of(source).Message,
                Does.Contain("is a bare word").And.Not.Contain(token.TrimEnd())
            );
        }
    }

    [Test]
    public void A_bare_word_that_was_typed_is_a_file() =>
        Assert.That(Resolve(NoOptions with { Connection = "nitejar" }).Name, Is.EqualTo("nitejar"));

    private IDatabase Resolve(CommonOptions options) =>
        ConnectionSource.Resolve(
            options,
            environment: null,
            TestProgram.With(_variables.GetValueOrDefault),
            new Redactor()
        );

    private static ChosenEnvironment EnvironmentIn(string folder, string connection) =>
        new("live", "m.json", folder, new EnvironmentJson(connection));
}
