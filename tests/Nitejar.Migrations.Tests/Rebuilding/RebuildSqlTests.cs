using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Rebuilding;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Tests.Rebuilding;

/// <summary>The text of a rebuild, and what is refused before there is one.</summary>
public sealed class RebuildSqlTests : RebuildTests
{
    private static readonly TableRebuild Agents = new()
    {
        Table = "agents",
        Definition = """
            "id" INTEGER PRIMARY KEY AUTOINCREMENT,
              "name" TEXT NOT NULL -- no longer nullable
            """,
        Copy = ["id", ("name", "coalesce(name, '')")],
        DropColumns = ["note"],
    };

    [SetUp]
    public void AddAgents() =>
        Execute(
            """
            CREATE TABLE agents (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, note TEXT,
                length AS (length(name)));
            CREATE INDEX b ON agents (name) WHERE name <> '';
            CREATE TRIGGER t AFTER DELETE ON agents BEGIN SELECT 'a; b'; END;
            CREATE UNIQUE INDEX a ON agents (lower(name));
            """
        );

    [Test]
    public void The_text_is_the_whole_procedure()
    {
        const string expected = """
            -- A table is rebuilt: foreign keys must not be enforced (PRAGMA foreign_keys=OFF before BEGIN).
            PRAGMA legacy_alter_table=ON;
            CREATE TABLE "agents_rebuilt" (
            "id" INTEGER PRIMARY KEY AUTOINCREMENT,
              "name" TEXT NOT NULL -- no longer nullable
            );
            INSERT INTO sqlite_sequence (name, seq) SELECT 'agents_rebuilt', seq FROM sqlite_sequence WHERE name = 'agents';
            INSERT INTO "agents_rebuilt" ("id", "name")
            SELECT "agents"."id", (coalesce(name, ''))
            FROM "agents";
            DROP TABLE "agents";
            ALTER TABLE "agents_rebuilt" RENAME TO "agents";
            CREATE INDEX b ON agents (name) WHERE name <> '';
            CREATE TRIGGER t AFTER DELETE ON agents BEGIN SELECT 'a; b'; END;
            CREATE UNIQUE INDEX a ON agents (lower(name));
            PRAGMA legacy_alter_table=OFF;
            """;

        var script = Compile(Agents);

        Assert.That(script.Sql, Is.EqualTo(expected));
        Assert.That((script.AskedDatabase, script.RunsCode), Is.EqualTo((true, false)));
    }

    [Test]
    public void Without_a_database_a_comment_stands_for_what_only_it_knows()
    {
        var sql = Compile(Agents, withDatabase: false).Sql;

        Assert.That(sql, Does.Contain("-- Here belong the table's indexes and triggers"));
        Assert.That(sql, Does.Contain("DROP TABLE \"agents\";").And.Not.Contain("CREATE INDEX"));
        Assert.That(sql, Does.EndWith("PRAGMA legacy_alter_table=OFF;"));
    }

    [Test]
    public void A_table_that_is_not_there_yet_is_as_without_a_database() =>
        Assert.That(
            Compile(Agents with { Table = "later" }).Sql,
            Is.EqualTo(Compile(Agents with { Table = "later" }, withDatabase: false).Sql)
        );

    [Test]
    public void The_table_keeps_the_spelling_that_it_has() =>
        Assert.That(Compile(Agents with { Table = "AGENTS" }).Sql, Is.EqualTo(Compile(Agents).Sql));

    [Test]
    public void What_is_to_go_goes_by_its_name()
    {
        var sql = Compile(Agents with { DropObjects = ["a", "T"] }).Sql;

        Assert.That(sql, Does.Contain("DROP TRIGGER \"t\";\nDROP INDEX \"a\";\nCREATE TABLE"));
        Assert.That(sql, Does.Contain("CREATE INDEX b"));
        Assert.That(sql, Does.Not.Contain("CREATE UNIQUE INDEX a").And.Not.Contain("TRIGGER t "));
    }

    [Test]
    public void Options_stand_behind_the_definition() =>
        Assert.That(
            Compile(Agents with { Options = "STRICT, WITHOUT ROWID" }).Sql,
            Does.Contain("\n) STRICT, WITHOUT ROWID;\n")
        );

    [TestCase("id INTEGER -- no AUTOINCREMENT")]
    [TestCase("id INTEGER /* AUTOINCREMENT */ DEFAULT 'it''s AUTOINCREMENT'")]
    [TestCase("id INTEGER /*/ AUTOINCREMENT */, AUTOINCREMENT_€ TEXT, a\uFEFFAUTOINCREMENT TEXT")]
    [TestCase("id INTEGER, \"AUTOINCREMENT\" TEXT, [autoincrement] TEXT, x_autoincrement TEXT")]
    public void Only_the_keyword_makes_a_counter(string definition) =>
        Assert.That(
            Compile(Agents with { Definition = definition }).Sql,
            Does.Not.Contain("sqlite_sequence")
        );

    [Test]
    public void A_comment_at_the_end_of_an_expression_ends_there() =>
        Assert.That(
            Compile(Agents with { Copy = ["id", ("name", "name -- as it is")] }).Sql,
            Does.Contain("SELECT \"agents\".\"id\", (name -- as it is\n)\nFROM")
        );

    [Test]
    public void A_column_that_nobody_names_is_not_lost_in_silence()
    {
        Refuse(
            Agents with
            {
                DropColumns = [],
            },
            "note would be lost. Name each column in Copy, or in DropColumns if its values are to go."
        );
        Refuse(Agents with { Copy = ["id"], DropColumns = [] }, "name, note would be lost");
        Refuse(Agents with { Copy = ["id", ("name", "'name'")] }, "name would be lost");
    }

    [Test]
    public void A_column_that_an_expression_uses_is_not_lost()
    {
        Compile(Agents with { Copy = ["id", ("title", "NAME")] });
        Compile(Agents with { Copy = ["id", ("title", "\"name\" || [note]")], DropColumns = [] });
    }

    [TestCase("टिप्पणी")]
    [TestCase("e\u0301")]
    [TestCase("preis_€")]
    [TestCase("姓・名")]
    [TestCase("c_😀")]
    [TestCase("a\u00A0b")]
    [TestCase("a\uFEFFb")]
    public void A_column_of_any_name_is_found_in_an_expression(string column)
    {
        Execute($"ALTER TABLE agents ADD COLUMN {column}");

        Compile(Agents with { Copy = ["id", "name", ("title", $"/*/ */ lower(\uFEFF{column})")] });
        Refuse(Agents with { Copy = ["id", "name"] }, $"{column} would be lost");
    }

    [Test]
    public void Names_that_are_not_there_are_mistakes()
    {
        Refuse(Agents with { Copy = ["id", "name", "titel"] }, "it has no column titel to copy");
        Refuse(Agents with { DropColumns = ["note", "nota"] }, "it has no column nota to drop");
        Refuse(Agents with { DropObjects = ["c"] }, "it has no index or trigger c to drop");
    }

    [Test]
    public void Contradictions_are_mistakes()
    {
        Refuse(Agents with { Copy = [] }, "nothing is copied", withDatabase: false);
        Refuse(Agents with { Copy = ["id", "ID"] }, "names column id twice", withDatabase: false);
        Refuse(Agents with { DropColumns = ["note", "id"] }, "id is both copied and dropped");
    }

    [Test]
    public void Only_tables_can_be_rebuilt()
    {
        Execute("CREATE VIEW named AS SELECT name FROM agents");
        Execute("CREATE VIRTUAL TABLE found USING fts5 (name)");

        Refuse(Agents with { Table = "named" }, "it is a view");
        Refuse(Agents with { Table = "found" }, "it is a virtual table");
    }

    [Test]
    public void On_PostgreSQL_it_belongs_behind_IfDatabase()
    {
        var compiler = new MigrationCompiler(PostgresDriver.Instance);
        var guarded = Known(1, m => Rebuild(m, Agents), _ => { });
        var bare = Known(1, m => m.Execute.RebuildTable(Agents), _ => { });

        Assert.That(compiler.Compile(guarded, Direction.Up, schema: null).Operations, Is.Empty);
        Assert.That(
            () => compiler.Compile(bare, Direction.Up, schema: null),
            Throws.TypeOf<MigrationFailedException>().With.Message.Contains("IfDatabase")
        );
    }

    private void Refuse(TableRebuild rebuild, string words, bool withDatabase = true) =>
        Assert.That(
            () => Compile(rebuild, withDatabase),
            Throws
                .TypeOf<MigrationFailedException>()
                .With.Message.Contains($"{rebuild.Table} cannot be rebuilt")
                .And.Message.Contains(words)
        );

    private MigrationScript Compile(TableRebuild rebuild, bool withDatabase = true)
    {
        using var reader = withDatabase
            ? new SqliteDatabase(DatabaseFile).OpenReader(TimeSpan.Zero)
            : null;
        return new MigrationCompiler(SqliteDriver.Instance).Compile(
            Rebuilding(rebuild),
            Direction.Up,
            reader?.Schema
        );
    }
}
