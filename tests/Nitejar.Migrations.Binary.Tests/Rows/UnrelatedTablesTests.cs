using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Rows;

public sealed class UnrelatedTablesTests : WorkplaceTests
{
    private const string OwnTables =
        "integrations agents github_installations github_repos agent_repo_capabilities VersionInfo VersionJournal";

    private string _before = "";

    [SetUp]
    public void FillDatabase()
    {
        var tables = Enumerable
            .Range(1, 40)
            .Select(n =>
                $"""
                    CREATE TABLE t{n} (id INTEGER PRIMARY KEY, "a b" TEXT DEFAULT 'x', parent INTEGER REFERENCES t{Math.Max(
                        1,
                        n - 1
                    )} ON DELETE CASCADE, data BLOB);
                    CREATE INDEX "index of t{n}" ON t{n} (parent);
                    INSERT INTO t{n} ("a b", parent, data) VALUES ('it''s {n}', 1, x'00ff'), (NULL, NULL, zeroblob(20));
                    """
            );
        Place.Sqlite(
            "x.db",
            $"""
            {string.Join("\n", tables)}
            CREATE TABLE pairs (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
            INSERT INTO pairs VALUES ('k', 'v');
            CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT, doubled GENERATED ALWAYS AS (id * 2));
            INSERT INTO numbered (id) VALUES (41);
            CREATE VIEW seen AS SELECT t1.id, pairs.b FROM t1, pairs;
            CREATE TRIGGER watched AFTER DELETE ON t2 BEGIN INSERT INTO pairs VALUES (old.id, 'gone'); END;
            """
        );
        _before = Unrelated();
    }

    [Test]
    public void Up_leaves_everything_else_as_it_was()
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(Unrelated(), Is.EqualTo(_before));
    }

    [Test]
    public void Down_leaves_everything_else_as_it_was()
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        Place.Run("down", "-c", "x.db", "--all", "--yes").Exits(0);

        Assert.That(Unrelated(), Is.EqualTo(_before));
        Assert.That(Place.Sqlite("x.db", "PRAGMA integrity_check;"), Is.EqualTo("ok"));
    }

    [Test]
    public void Schema_shows_the_other_tables_too()
    {
        var schema = Place.Run("schema", "-c", "x.db", "--format", "sql").Exits(0).Output;

        Place.Sqlite("schema.db", schema);
        Assert.That(Place.Objects("schema.db"), Is.EqualTo(Place.Objects("x.db")));
    }

    /// <summary>The dump of a copy from which our own tables are dropped.</summary>
    private string Unrelated()
    {
        File.Delete(Place["copy.db"]);
        Place.Sqlite("x.db", ".backup copy.db");
        var drops = OwnTables.Split(' ').Select(table => $"DROP TABLE IF EXISTS {table};");
        Place.Sqlite("copy.db", string.Concat(drops));
        return Place.Dump("copy.db");
    }
}
