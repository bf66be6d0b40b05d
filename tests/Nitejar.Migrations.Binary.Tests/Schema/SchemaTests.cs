using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Schema;

/// <summary>What <c>schema</c> shows of a database that another program made, checked with the sqlite3 program.</summary>
public sealed class SchemaTests : WorkplaceTests
{
    [SetUp]
    public void MakeDatabase() =>
        Place.Sqlite(
            "x.db",
            """
            CREATE TABLE parents (a TEXT, b TEXT COLLATE NOCASE, PRIMARY KEY (b, a DESC)) WITHOUT ROWID, STRICT;
            CREATE TABLE "child ren" (
                id INTEGER PRIMARY KEY AUTOINCREMENT, -- numbered
                a TEXT UNIQUE CHECK (a <> ')'),
                b AS (a || ';') STORED REFERENCES parents DEFERRABLE INITIALLY DEFERRED
            );
            CREATE INDEX i ON "child ren" (lower(a) DESC) WHERE a IS NOT NULL -- why
            ;
            CREATE VIRTUAL TABLE words USING fts5(word, tokenize = 'porter');
            CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1);
            CREATE VIEW seen AS SELECT a FROM "child ren";
            CREATE TRIGGER a_first INSTEAD OF INSERT ON seen BEGIN INSERT INTO words VALUES (new.a); SELECT 1; END;
            INSERT INTO seen VALUES ('x');
            """
        );

    [Test]
    public void Its_SQL_makes_the_same_schema_in_an_empty_database()
    {
        var sql = Place.Run("schema", "-c", "x.db", "--format", "sql").Exits(0).Output;

        Place.Sqlite("copy.db", sql);

        Assert.That(Place.Objects("copy.db"), Is.EqualTo(Place.Objects("x.db")));
        Assert.That(
            Place
                .Run("schema", "-c", "copy.db", "--json")
                .Exits(0)
                .Output.Replace("copy.db", "x.db", StringComparison.Ordinal),
            Is.EqualTo(Place.Run("schema", "-c", "x.db", "--json").Exits(0).Output)
        );
    }

    [TestCase(
        "table",
        "vectors (virtual, using vec0(e float[4]))\n  its columns cannot be read: no such module: vec0\n"
    )]
    [TestCase("json", "\"unreadable\": \"no such module: vec0\"")]
    [TestCase("sql", "-- vectors cannot be read here: no such module: vec0.")]
    public void A_module_that_is_missing_costs_the_details_of_its_table_alone(
        string format,
        string note
    )
    {
        Place.Sqlite(
            "x.db",
            "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('table', 'vectors', 'vectors', 0, 'CREATE VIRTUAL TABLE vectors USING vec0(e float[4])');"
        );

        var output = Place.Run("schema", "-c", "x.db", "--format", format).Exits(0).Output;

        Assert.That(output, Does.Contain(note).And.Contain("child ren").And.Contain("a_first"));
    }
}
