using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Schema;

/// <summary>The SQL of a schema makes the same schema in an empty database, as one text.</summary>
public sealed class SqliteSchemaScriptTests
{
    private static readonly string[] Further =
    [
        "CREATE TABLE b (x REFERENCES a); CREATE TABLE a (y PRIMARY KEY); CREATE VIEW w AS SELECT * FROM v; CREATE VIEW v AS SELECT * FROM b",
        "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; CREATE TRIGGER a INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END",
        "CREATE TABLE t (a); CREATE TRIGGER a AFTER INSERT ON t BEGIN UPDATE t SET a = ';'; DELETE FROM t; END; CREATE VIEW v AS SELECT a FROM t -- ;",
        "CREATE VIEW v AS SELECT 1 -- one",
        "CREATE VIEW v AS SELECT ';' /* ; */",
        "CREATE TABLE t (a, b); CREATE INDEX i ON t (a) WHERE b = 1 -- why",
        "CREATE TABLE t (a TEXT); CREATE VIRTUAL TABLE f USING fts5(a, content = 't'); CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO f (rowid, a) VALUES (new.rowid, new.a); END; CREATE VIRTUAL TABLE r3 USING rtree(id, x0, x1); CREATE TABLE f_mine (a)",
        "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO t DEFAULT VALUES; ANALYZE",
    ];

    private static IEnumerable<string> All => SchemaZoo.Tables.Concat(Further);

    [TestCaseSource(nameof(All))]
    public void It_makes_the_same_schema(string sql)
    {
        using var original = Open(sql);
        var schema = SqliteSchemaReader.ReadSchema(original, "VersionInfo");

        using var copy = Open(string.Join('\n', SqliteSchemaScript.Read(original, "VersionInfo")));

        Assert.That(Objects(copy), Is.EqualTo(Objects(original)));
        Assert.That(
            SchemaComparison.Of(
                schema,
                SqliteSchemaReader.ReadSchema(copy, "VersionInfo"),
                SqliteNames.Comparer
            ),
            Is.Empty
        );
    }

    [Test]
    public void A_comment_that_never_ends_does_not_hide_what_follows()
    {
        const string view = "CREATE VIEW v AS SELECT 1 /* never closed";
        using var original = Open(view);

        var script = SqliteSchemaScript.Read(original, "VersionInfo");

        Assert.That(script, Is.EqualTo((string[])[view + "*/;"]));
    }

    [Test]
    public void What_a_missing_module_may_have_made_is_left_out_and_said()
    {
        using var original = Open(
            """
            CREATE TABLE t (a); CREATE TABLE vec_rows (a); CREATE TABLE vector (a);
            PRAGMA writable_schema = ON;
            INSERT INTO sqlite_schema VALUES ('table', 'vec', 'vec', 0, 'CREATE VIRTUAL TABLE vec USING vec0(e float[4])');
            PRAGMA writable_schema = RESET;
            """
        );

        var script = SqliteSchemaScript.Read(original, "VersionInfo");

        Assert.That(
            script,
            Is.EqualTo(
                (string[])
                    [
                        "CREATE TABLE t (a);",
                        "-- vec cannot be read here: no such module: vec0. It makes tables of its own, so those whose names begin with vec_ are left out.\nCREATE VIRTUAL TABLE vec USING vec0(e float[4]);",
                        "CREATE TABLE vector (a);",
                    ]
            )
        );
    }

    /// <summary>Blanks that end a statement count only in front of its semicolon.</summary>
    private static List<string> Objects(SqliteConnection connection) =>
        connection.Query(
            "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(rtrim(sql, char(9, 10, 12, 13, 32)), '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1",
            row => row.GetString(0)
        );

    private static SqliteConnection Open(string sql)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute(sql);
        return connection;
    }
}
