using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Input;

/// <summary>Which migrations.json counts, and what a wrong one stops.</summary>
public sealed class NearestConfigurationTests : WorkplaceTests
{
    private const string Json = """
        { "defaultEnvironment": "d", "environments": { "d": { "connection": "./named.db" } }, "migrationsDirectory": "m" }
        """;

    [SetUp]
    public void MakeFolders()
    {
        Place.Write("migrations.json", Json);
        Directory.CreateDirectory(Place["m"]);
        Directory.CreateDirectory(Place["a/b"]);
    }

    [Test]
    public void One_above_the_working_directory_counts()
    {
        RunIn("a/b", "up").Exits(0);
        RunIn("a/b", "new", "AddThing").Exits(0);

        Assert.That(Place["named.db"], Does.Exist);
        Assert.That(Directory.GetFiles(Place["m"], "*_AddThing.cs"), Has.Length.EqualTo(1));
        Assert.That(Directory.GetFiles(Place["a/b"]), Is.Empty);
    }

    [Test]
    public void The_nearest_one_counts()
    {
        File.WriteAllText(Place["a/migrations.json"], Json.Replace("named", "nearer"));

        RunIn("a/b", "up").Exits(0);

        Assert.That(Place["a/nearer.db"], Does.Exist);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void The_search_ends_where_everybody_may_write()
    {
        File.SetUnixFileMode(Place["a"], OtherUser.Everything);

        RunIn("a/b", "up").Exits(0);

        Assert.That(Place["a/b/nitejar.db"], Does.Exist);
        Assert.That(Place["named.db"], Does.Not.Exist);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void The_search_ends_where_the_owner_changes()
    {
        OtherUser.RequireRoot();
        new Command(Programs.Require("chown"), Place.Folder, "65534", "a").Run().Exits(0);

        RunIn("a/b", "up").Exits(0);

        Assert.That(Place["a/b/nitejar.db"], Does.Exist);
        Assert.That(Place["named.db"], Does.Not.Exist);
    }

    [TestCase(0, "status")]
    [TestCase(0, "history")]
    [TestCase(0, "schema")]
    [TestCase(0, "archive", "list")]
    [TestCase(0, "backup")]
    [TestCase(0, "up")]
    [TestCase(2, "down")]
    [TestCase(2, "redo")]
    [TestCase(2, "archive", "purge")]
    [TestCase(2, "restore", "kept", "--yes")]
    public void A_wrong_one_stops_what_it_could_forbid(int exitCode, params string[] command)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Write("migrations.json", """{ "enviroments": {} }""");

        var given = Place.Run([.. command, "-c", "x.db"]).Exits(exitCode);

        Assert.That(
            given.Error,
            exitCode == 0
                ? Does.StartWith("warning: The configuration was left out")
                : Does.StartWith("error: migrations.json, line 1, column 3: unknown key")
        );
        Place.Run(command).Exits(2);
        Place.Run([.. command, "-c", "x.db", "-e", "d"]).Exits(2);
        Place.Run([.. command, "-c", "x.db", "--config", "migrations.json"]).Exits(2);
    }

    [Test]
    public void A_variable_gives_the_connection_too()
    {
        Place.Write("migrations.json", "{");
        Place.Variables["DATABASE_URL"] = "./x.db";

        Place.Run("up").Exits(0);
        Place.Run("down").Exits(2);
    }

    private CommandResult RunIn(string folder, params string[] arguments) =>
        new Command(PublishedBinary.ProgramFile, Place[folder], arguments)
        {
            Variables = Place.Variables,
        }.Run();
}
