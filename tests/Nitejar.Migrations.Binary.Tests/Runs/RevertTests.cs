using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

public sealed class RevertTests : WorkplaceTests
{
    [SetUp]
    public void Migrate() => Place.Run("up", "-c", "x.db").Exits(0);

    [Test]
    public void Down_all_takes_the_five_tables_away()
    {
        Place.Run("down", "-c", "x.db", "--all", "--yes").Exits(0);

        Assert.That(Place.Objects("x.db"), Is.Empty);
        Assert.That(Place.Sqlite("x.db", "SELECT count(*) FROM VersionInfo;"), Is.EqualTo("0"));
    }

    [Test]
    public void History_tells_of_the_way_up_and_down()
    {
        Place.Run("down", "-c", "x.db", "--all", "--yes").Exits(0);

        var history = Place.Run("history", "-c", "x.db").Exits(0).Output;

        var outcomes = history
            .Split('\n')
            .Where(line => line.Contains("_CoreTables") || line.Contains("_GithubIntegration"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3..5])
            .Select(words => string.Join(' ', words));
        Assert.That(
            outcomes,
            Is.EqualTo(
                (string[])
                    [
                        "applied 20240101000000_CoreTables",
                        "applied 20240501120000_GithubIntegration",
                        "reverted 20240501120000_GithubIntegration",
                        "reverted 20240101000000_CoreTables",
                    ]
            )
        );
    }

    [Test]
    public void Up_again_makes_exactly_the_same_schema()
    {
        var objects = Place.Objects("x.db");
        var schema = Place.Run("schema", "-c", "x.db", "--format", "sql").Exits(0).Output;
        Place.Run("down", "-c", "x.db", "--all", "--yes").Exits(0);

        Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(Place.Objects("x.db"), Is.EqualTo(objects));
        Assert.That(
            Place.Run("schema", "-c", "x.db", "--format", "sql").Exits(0).Output,
            Is.EqualTo(schema).And.Contains("CREATE TABLE \"github_repos\"")
        );
    }

    [Test]
    public void Schema_as_sql_makes_the_same_tables_in_another_database()
    {
        var schema = Place.Run("schema", "-c", "x.db", "--format", "sql").Exits(0).Output;

        Place.Sqlite("copy.db", schema);

        Assert.That(Place.Objects("copy.db"), Is.EqualTo(Place.Objects("x.db")));
    }

    [Test]
    public void Down_without_options_reverts_the_latest_one_alone()
    {
        Place.Run("down", "-c", "x.db").Exits(0);

        Assert.That(Place.Sqlite("x.db", "SELECT Version FROM VersionInfo;"), Is.EqualTo(Core));
        Assert.That(
            Place.Sqlite(
                "x.db",
                "SELECT group_concat(name) FROM pragma_table_list WHERE name LIKE 'github%';"
            ),
            Is.Empty
        );
    }

    [TestCase("--to", Core)]
    [TestCase("--steps", "1")]
    [TestCase("--to", Core + "_CoreTables")]
    public void Down_keeps_what_it_is_told_to_keep(string option, string value)
    {
        Place.Run("down", "-c", "x.db", option, value).Exits(0);

        Assert.That(Place.Sqlite("x.db", "SELECT Version FROM VersionInfo;"), Is.EqualTo(Core));
    }

    [Test]
    public void Redo_leaves_the_same_schema_and_two_more_lines_of_history()
    {
        var objects = Place.Objects("x.db");

        Place.Run("redo", "-c", "x.db").Exits(0);

        Assert.That(Place.Objects("x.db"), Is.EqualTo(objects));
        Assert.That(
            Place.Sqlite(
                "x.db",
                "SELECT Direction, Version FROM VersionJournal WHERE Id > 2 ORDER BY Id;"
            ),
            Is.EqualTo($"down|{Github}\nup|{Github}")
        );
    }

    [Test]
    public void A_dry_run_prints_what_a_run_executes_and_changes_nothing()
    {
        Place.Run("down", "-c", "x.db", "--all").Exits(0);
        var before = Place.Dump("x.db");

        var preview = Place.Run("up", "-c", "x.db", "--dry-run").Exits(0).Output;

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Place.Run("up", "-c", "x.db").Exits(0);
        var executed = Place.Sqlite(
            "x.db",
            "SELECT UpSql FROM VersionJournal WHERE Id > 4 ORDER BY Id;"
        );
        Assert.That(WithoutComments(preview), Is.EqualTo(executed));
    }

    private static string WithoutComments(string sql) =>
        string.Join(
            '\n',
            sql.Split('\n')
                .Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal))
        );
}
