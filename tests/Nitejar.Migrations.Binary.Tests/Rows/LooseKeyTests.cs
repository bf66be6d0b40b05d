using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Rows;

/// <summary>No run leaves a table into which the application cannot insert any more, unless an incident wants it so.</summary>
public sealed class LooseKeyTests : WorkplaceTests
{
    [Test]
    public void Up_makes_no_table_whose_parent_was_renamed_away()
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        Place.Sqlite("x.db", "ALTER TABLE integrations RENAME TO plugins;");

        var result = RefusesUnchanged("up", "-c", "x.db");

        Assert.That(
            result.Error,
            Does.Contain(
                    "A foreign key would lead nowhere: github_installations (integration_id) refers to integrations, and there is no such table."
                )
                .And.Contain("create integrations")
                .And.Not.Contain("--yes")
        );
        Place.Sqlite("x.db", "ALTER TABLE plugins RENAME TO integrations;");
        Place.Run("up", "-c", "x.db").Exits(0);
    }

    [Test]
    public void Down_leaves_an_empty_table_of_others_without_its_parent_only_with_yes()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", "CREATE TABLE stars (repo REFERENCES github_repos (id));");

        var refused = RefusesUnchanged("down", "-c", "x.db");
        Assert.That(
            refused.Error,
            Does.Contain("stars (repo) refers to github_repos").And.Contain("--yes")
        );
        RefusesUnchanged("down", "-c", "x.db", "--json");

        var result = Place.Run("down", "-c", "x.db", "--yes").Exits(0);
        Assert.That(
            result.Error,
            Does.Contain("warning: A foreign key leads nowhere now").And.Contain("stars (repo)")
        );
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", "PRAGMA foreign_keys=ON; INSERT INTO stars VALUES (NULL);");
    }

    [Test]
    public void Rows_that_would_dangle_stay_a_failure()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            """
            CREATE TABLE stars (repo REFERENCES github_repos (id));
            INSERT INTO integrations (id, type, name) VALUES ('i', 'github', 'GitHub');
            INSERT INTO github_installations (installation_id, integration_id) VALUES (1, 'i');
            INSERT INTO github_repos (repo_id, full_name, installation_id) VALUES (5, 'o/r', 1);
            INSERT INTO stars VALUES (1);
            """
        );

        Place.Run("down", "-c", "x.db", "--yes").Exits(1);
    }

    /// <summary>Runs the binary, which exits with 6 and leaves every byte of the database as it was.</summary>
    private CommandResult RefusesUnchanged(params string[] arguments)
    {
        var before = File.ReadAllBytes(Place["x.db"]);
        var result = Place.Run(arguments).Exits(6);
        Assert.That(File.ReadAllBytes(Place["x.db"]), Is.EqualTo(before));
        Assert.That(Place.Files, Is.EqualTo(new[] { "x.db" }));
        return result;
    }
}
