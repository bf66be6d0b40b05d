using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>A command that takes something away from a database that does not exist was given a wrong path.</summary>
public sealed class WrongPathTests : WorkplaceTests
{
    [TestCase("down", "--yes")]
    [TestCase("down", "--all", "--yes")]
    [TestCase("down", "--dry-run")]
    [TestCase("redo", "--yes")]
    [TestCase("redo", "--dry-run")]
    [TestCase("archive", "purge", "--yes")]
    public void Is_an_error_and_not_nothing_to_do(params string[] arguments)
    {
        var result = Place.Run([.. arguments, "-c", "nope.db", "--json"]).Exits(7);

        using var answer = JsonDocument.Parse(result.Output);
        Assert.That(
            answer.RootElement.GetProperty("error").GetProperty("code").GetString(),
            Is.EqualTo("absent")
        );
        Assert.That(result.Error, Does.StartWith("error: nope.db does not exist, so nothing can"));
        Assert.That(Place.Files, Is.Empty);
    }

    [TestCase]
    [TestCase("-e", "staging")]
    public void A_restore_has_to_be_told_which_database(params string[] more)
    {
        Place.Run("up", "-c", "w.db").Exits(0);
        Place.Run("backup", "-c", "w.db", "--to", "w.backup").Exits(0);
        Place.Write("migrations.json", """{ "environments": { "staging": {} } }""");

        var result = Place.Run(["restore", "w.backup", "--yes", .. more]).Exits(2);

        Assert.That(result.Error, Does.Contain("No connection says which database"));
        Assert.That(Place.Files, Has.No.Member("nitejar.db"));
    }

    [TestCase("DATABASE_URL", "./w.db")]
    [TestCase("NITEJAR_MIGRATE_CONNECTION", "./w.db")]
    public void A_variable_tells_it_too(string variable, string connection)
    {
        Place.Run("up", "-c", "w.db").Exits(0);
        Place.Run("backup", "-c", "w.db", "--to", "w.backup").Exits(0);
        Place.Variables[variable] = connection;

        Place.Run("restore", "w.backup", "--yes", "--no-backup").Exits(0);
    }
}
