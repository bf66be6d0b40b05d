using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Input;

public sealed class ConnectionTests : WorkplaceTests
{
    /// <summary>From the weakest to the strongest; each names a file of its own.</summary>
    private static readonly Action<Workplace, List<string>>[] Sources =
    [
        (_, _) => { },
        (place, _) =>
            place.Write(
                "migrations.json",
                """
                {
                  "defaultEnvironment": "usual",
                  "environments": { "usual": { "connection": "usual.db" }, "chosen": { "connection": "chosen.db" } }
                }
                """
            ),
        (place, _) => place.Variables["DATABASE_URL"] = "url.db",
        (place, _) => place.Variables["NITEJAR_MIGRATE_CONNECTION"] = "variable.db",
        (_, arguments) => arguments.AddRange(["--environment", "chosen"]),
        (place, arguments) =>
        {
            place.Write("connection.txt", "file.db\n");
            arguments.AddRange(["--connection-file", "connection.txt"]);
        },
        (_, arguments) => arguments.AddRange(["--connection", "option.db"]),
    ];

    [TestCase(1, "nitejar.db")]
    [TestCase(2, "usual.db")]
    [TestCase(3, "url.db")]
    [TestCase(4, "variable.db")]
    [TestCase(5, "chosen.db")]
    [TestCase(6, "file.db")]
    [TestCase(7, "option.db")]
    public void The_strongest_source_that_is_set_wins(int sources, string expected)
    {
        List<string> arguments = ["up"];
        foreach (var source in Sources.Take(sources))
        {
            source(Place, arguments);
        }

        Place.Run([.. arguments]).Exits(0);

        Assert.That(
            Place.Files.Where(name => name.EndsWith(".db")),
            Is.EqualTo((string[])[expected])
        );
    }

    [TestCase("x.db")]
    [TestCase("./x.db")]
    [TestCase("sqlite:x.db")]
    [TestCase("sqlite://x.db")]
    [TestCase("sqlite://{0}/x.db")]
    [TestCase("{0}/x.db")]
    [TestCase("file:x.db")]
    [TestCase("file://{0}/x.db")]
    [TestCase("file://localhost{0}/x.db")]
    [TestCase("Data Source=x.db")]
    [TestCase("DataSource={0}/x.db;Pooling=False")]
    [TestCase(" x.db ")]
    public void Every_form_names_the_same_file(string form)
    {
        var connection = form.Replace("{0}", Place.Folder);

        Place.Run("up", "-c", connection).Exits(0);

        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
        Assert.That(Place.Sqlite("x.db", "SELECT count(*) FROM VersionInfo;"), Is.EqualTo("2"));
    }

    [TestCase("file:a%20b.db", "a b.db")]
    [TestCase("a b.db", "a b.db")]
    [TestCase("./a=b.db", "a=b.db")]
    [TestCase("ünïcödé.db", "ünïcödé.db")]
    [TestCase("it's.db", "it's.db")]
    [TestCase("percent%20.db", "percent%20.db")]
    [TestCase("Data Source=\"a;b.db\"", "a;b.db")]
    public void Unusual_names_are_taken_as_they_are(string connection, string file)
    {
        Place.Run("up", "-c", connection).Exits(0);

        Assert.That(Place.Files, Is.EqualTo((string[])[file]));
    }

    [Test]
    public void Paths_of_a_configuration_start_at_its_folder()
    {
        Directory.CreateDirectory(Place["conf"]);
        Place.Write(
            "conf/migrations.json",
            """{ "defaultEnvironment": "a", "environments": { "a": { "connection": "x.db" } } }"""
        );

        Place.Run("up", "--config", "conf/migrations.json").Exits(0);

        Assert.That(Place.Files, Does.Contain("conf/x.db"));
    }

    [Test]
    public void References_to_variables_are_replaced()
    {
        Place.Variables["STATE"] = Place.Folder;
        Place.Write(
            "migrations.json",
            """{ "defaultEnvironment": "a", "environments": { "a": { "connection": "sqlite:${STATE}/${STATE_NAME}.db" } } }"""
        );
        Place.Variables["STATE_NAME"] = "y";

        Place.Run("up").Exits(0);

        Assert.That(Place.Files, Does.Contain("y.db"));
    }

    [Test]
    public void A_symbolic_link_is_followed()
    {
        Directory.CreateDirectory(Place["data"]);
        Place.Run("up", "-c", "data/real.db", "--to", Core).Exits(0);
        File.CreateSymbolicLink(Place["x.db"], Place["data/real.db"]);

        Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(Place.Files, Is.EqualTo((string[])["data", "data/real.db", "x.db"]));
        Assert.That(new FileInfo(Place["x.db"]).LinkTarget, Is.EqualTo(Place["data/real.db"]));
        Place.Run("status", "-c", "data/real.db", "--check").Exits(0);
    }
}
