using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Rebuilding;

namespace Nitejar.Migrations.Tests.Rebuilding;

/// <summary>Rebuilds on real files: up, down from stored SQL by a binary without the class, and up again.</summary>
public sealed class RebuiltTableTests : RebuildTests
{
    private const string Agents = """
        "id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL UNIQUE, "team_id" INTEGER REFERENCES teams (id),
        "chief_id" TEXT REFERENCES agents (id) ON DELETE CASCADE, "age" TEXT DEFAULT '7',
        "upper" TEXT GENERATED ALWAYS AS (upper(name)) STORED
        """;

    private static readonly TableRebuild Back = new()
    {
        Table = "agents",
        Definition = Agents,
        Copy = ["id", "name", "team_id", "chief_id", "age"],
    };

    [SetUp]
    public void AddAgents() =>
        Execute(
            $"""
            CREATE TABLE teams (id INTEGER PRIMARY KEY, agents INTEGER NOT NULL DEFAULT 0);
            CREATE TABLE agents ({Agents});
            CREATE TABLE skills (agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE, skill TEXT);
            CREATE TABLE notes (agent_id TEXT REFERENCES agents (id) ON DELETE SET NULL ON UPDATE CASCADE);
            CREATE TABLE log (text TEXT);
            CREATE INDEX idx_agents_age ON agents (age) WHERE age > 1;
            CREATE INDEX idx_agents_lower ON agents (lower(name), age DESC);
            CREATE UNIQUE INDEX idx_agents_team ON agents (team_id, name);
            CREATE TRIGGER agents_added AFTER INSERT ON agents BEGIN UPDATE teams SET agents = agents + 1 WHERE id = new.team_id; END;
            CREATE TRIGGER agents_gone AFTER DELETE ON agents BEGIN INSERT INTO log VALUES (old.id); END;
            CREATE TRIGGER skills_added AFTER INSERT ON skills BEGIN UPDATE agents SET age = age WHERE id = new.agent_id; END;
            CREATE VIEW old_agents AS SELECT name, age FROM agents WHERE CAST(age AS INTEGER) > 50;
            CREATE VIEW old_names AS SELECT name FROM old_agents;
            INSERT INTO teams (id) VALUES (1), (2);
            INSERT INTO agents VALUES ('a', 'Ann', 1, NULL, '60'), ('b', 'Bob', 1, 'a', '7'), ('c', 'Cy', 2, 'a', NULL);
            INSERT INTO skills VALUES ('a', 'read'), ('a', 'write'), ('b', 'read');
            INSERT INTO notes VALUES ('a'), (NULL), ('c');
            """
        );

    // csharpier-ignore
    private static readonly TestCaseData<string, string>[] Changes =
    [
        new("""
            "age" TEXT DEFAULT '7'
            """, """
            "age" INTEGER NOT NULL DEFAULT 8 CHECK (age >= 0)
            """) { TestName = "Type, nullability, default and a check are altered" },
        new("NOT NULL UNIQUE", "NOT NULL") { TestName = "A unique constraint is dropped" },
        new("INTEGER REFERENCES teams (id)", "INTEGER") { TestName = "A foreign key is dropped" },
        new("DEFAULT '7'", "DEFAULT '7' REFERENCES ages (age) ON DELETE SET NULL") { TestName = "A foreign key is added" },
        new("ON DELETE CASCADE", "ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED") { TestName = "A self-reference is altered" },
        new("STORED", "VIRTUAL") { TestName = "A generated column is altered" },
    ];

    [TestCaseSource(nameof(Changes))]
    public void The_table_changes_and_all_else_stays(string from, string to)
    {
        Execute("CREATE TABLE ages (age TEXT PRIMARY KEY); INSERT INTO ages VALUES ('60'), ('7')");
        var before = Dump();
        var rebuild = Back with
        {
            Definition = Agents.Replace(from, to),
            Copy = ["id", "name", "team_id", "chief_id", ("age", $"coalesce(age, '7')")],
        };
        Assert.That(rebuild.Definition, Is.Not.EqualTo(Agents));

        Succeed(new UpRequest(), Rebuilding(rebuild, Back));

        Assert.That(
            Dump(),
            Is.EqualTo(
                before
                    .Replace($"({Agents})", $"(\n{rebuild.Definition}\n)")
                    .Replace("CREATE TABLE agents", "CREATE TABLE \"agents\"")
                    .Replace("c|Cy|2|a||CY", "c|Cy|2|a|7|CY")
            )
        );
        RequireUsable();
        Execute("DELETE FROM agents WHERE id = 'c'");

        Succeed(new DownRequest());
        Assert.That(
            Query("SELECT sql FROM sqlite_master WHERE name = 'agents'")[0],
            Does.Contain(Agents)
        );
        RequireUsable();

        Succeed(new UpRequest(), Rebuilding(rebuild, Back));
        RequireUsable();
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        Assert.That(Query("PRAGMA foreign_key_check"), Is.Empty);
        Assert.That(Query("SELECT * FROM skills"), Has.Length.EqualTo(3));
    }

    [Test]
    public void What_is_not_to_be_copied_goes()
    {
        var rebuild = new TableRebuild
        {
            Table = "agents",
            Definition = """
                id TEXT PRIMARY KEY, full_name TEXT, team_id INTEGER, upper TEXT
                """,
            Copy = ["id", ("full_name", "name || ' the ' || age"), "team_id", "upper"],
            DropColumns = ["chief_id"],
            DropObjects = ["idx_agents_age", "idx_agents_lower", "idx_agents_team", "agents_added"],
        };

        Execute("DROP TRIGGER skills_added; DROP VIEW old_names; DROP VIEW old_agents");
        Succeed(new UpRequest(), Rebuilding(rebuild));

        Assert.That(
            Query("SELECT * FROM agents"),
            Is.EqualTo(new[] { "a|Ann the 60|1|ANN", "b|Bob the 7|1|BOB", "c||2|CY" })
        );
        Assert.That(
            Query("SELECT name FROM sqlite_master WHERE tbl_name = 'agents' AND sql IS NOT NULL"),
            Is.EqualTo(new[] { "agents", "agents_gone" })
        );
    }

    [Test]
    public void A_failure_in_the_middle_leaves_everything_as_it_was()
    {
        Fail(
            "NOT NULL",
            new UpRequest(),
            Rebuilding(Back with { Definition = Agents.Replace("DEFAULT '7'", "NOT NULL") })
        );
        Fail(
            "no such column: age",
            new UpRequest(),
            Rebuilding(
                Back with
                {
                    Definition = Agents.Replace("\"age\" TEXT", "\"years\" TEXT"),
                    Copy = ["id", "name", "team_id", "chief_id", ("years", "age")],
                }
            )
        );
        Fail(
            "agents_rebuilt",
            new UpRequest(),
            Rebuilding(Back with { Definition = "\"id\" TEXT" })
        );
        Succeed(new UpRequest(), Rebuilding(Back));
    }

    [Test]
    public void A_rebuild_can_be_followed_by_what_SQLite_can_do_itself()
    {
        var migration = Known(
            2,
            m =>
            {
                Rebuild(m, Back);
                m.Rename.Table("agents").To("people");
            },
            _ => { }
        );

        Succeed(new UpRequest(), migration);

        Assert.That(
            Query(
                "SELECT sql FROM sqlite_master WHERE name IN ('old_agents', 'skills', 'skills_added')"
            ),
            Is.All.Contains("people"),
            "legacy_alter_table is off again"
        );
    }

    [Test]
    public void A_rebuild_in_which_rows_fall_through_a_conflict_is_refused()
    {
        Execute("DELETE FROM agents WHERE id = 'b'; UPDATE agents SET age = 1");
        var rebuild = Back with
        {
            Definition = Agents.Replace("DEFAULT '7'", "UNIQUE ON CONFLICT IGNORE"),
        };

        Fail(
            "Rows would be lost in the rebuild of agents: 1 row",
            new UpRequest(),
            Rebuilding(rebuild)
        );
    }

    /// <summary>Views can be read, triggers fire, foreign keys hold, indexes are used.</summary>
    private void RequireUsable()
    {
        Assert.That(Query("SELECT * FROM old_names"), Is.EqualTo(new[] { "Ann" }));
        Execute(
            "INSERT INTO agents (id, name, team_id, chief_id, age) VALUES ('x', 'Xi', 2, 'a', '7')"
        );
        Execute("INSERT INTO skills VALUES ('x', 'swim')");
        Execute("INSERT INTO notes VALUES ('x')");
        Assert.That(
            () => Execute("INSERT INTO skills VALUES ('nobody', 'read')"),
            Throws.Exception.With.Message.Contains("FOREIGN KEY")
        );
        Assert.That(
            Query("EXPLAIN QUERY PLAN SELECT * FROM agents WHERE lower(name) = 'ann'")[0],
            Does.Contain("idx_agents_lower")
        );
        Execute("DELETE FROM agents WHERE id = 'x'");
        Assert.That(Query("SELECT * FROM skills WHERE agent_id = 'x'"), Is.Empty);
        Assert.That(Query("SELECT max(rowid), text FROM log")[0], Does.EndWith("|x"));
        Execute("DELETE FROM notes WHERE agent_id IS NULL; INSERT INTO notes VALUES (NULL)");
    }
}
