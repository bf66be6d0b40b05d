using Nitejar.Migrations.Engine.Trust.Verifying;

namespace Nitejar.Migrations.Engine.Tests.Trust.Verifying;

/// <summary>Migrations that are as they should be: nothing is found.</summary>
public sealed class RightDownTests : VerificationTests
{
    [TestCase("CREATE TABLE other (id INTEGER PRIMARY KEY, n REAL)", "DROP TABLE other")]
    [TestCase("ALTER TABLE tags ADD COLUMN kind TEXT", "ALTER TABLE tags DROP COLUMN kind")]
    [TestCase("ALTER TABLE tags RENAME TO labels", "ALTER TABLE labels RENAME TO tags")]
    [TestCase("DROP INDEX idx_books_author", "CREATE INDEX idx_books_author ON books (author)")]
    [TestCase(
        "CREATE TABLE other (id INTEGER PRIMARY KEY, n REAL); INSERT INTO other VALUES (1, 2), (7, 3)",
        "DROP TABLE other"
    )]
    [TestCase("CREATE VIEW v AS SELECT title FROM books", "DROP VIEW v")]
    public void Nothing_is_found(string up, string down)
    {
        var report = OnBooks(up, down);

        Assert.That(report.Passed, Is.True, ToText(report));
    }

    [Test]
    public void Every_table_gets_rows_whatever_it_demands()
    {
        var report = Verify(
            MigrationsOf.Sql(
                1,
                "Zoo",
                """
                CREATE TABLE parents (a INTEGER, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
                CREATE TABLE people (
                    id INTEGER PRIMARY KEY,
                    manager INTEGER REFERENCES people (id),
                    kind TEXT NOT NULL CHECK (kind IN ('x', 'y')),
                    level INTEGER NOT NULL CHECK (level BETWEEN 3 AND 5),
                    code TEXT NOT NULL CHECK (length(code) = 12),
                    mail TEXT CHECK (mail LIKE '%@%'),
                    config TEXT CHECK (json_valid(config)),
                    low INTEGER, high INTEGER, CHECK (low < high));
                CREATE TABLE own (id TEXT NOT NULL PRIMARY KEY, parent TEXT NOT NULL REFERENCES own (id));
                CREATE TABLE children (
                    id INTEGER PRIMARY KEY,
                    a INTEGER NOT NULL, b TEXT NOT NULL,
                    FOREIGN KEY (a, b) REFERENCES parents (a, b) ON DELETE CASCADE,
                    UNIQUE (a, b));
                CREATE TABLE pairs (
                    person INTEGER NOT NULL REFERENCES people (id),
                    child INTEGER NOT NULL REFERENCES children (id),
                    PRIMARY KEY (person, child));
                CREATE TABLE strict (i INTEGER, t TEXT, r REAL, b BLOB, a ANY) STRICT;
                CREATE TABLE egg (id INTEGER PRIMARY KEY, chicken INTEGER REFERENCES chicken (id));
                CREATE TABLE chicken (id INTEGER PRIMARY KEY, egg INTEGER REFERENCES egg (id));
                CREATE TABLE generated (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) STORED);
                CREATE UNIQUE INDEX one_true ON people (kind) WHERE level = 4;
                """,
                """
                DROP TABLE generated; DROP TABLE chicken; DROP TABLE egg; DROP TABLE strict;
                DROP TABLE pairs; DROP TABLE children; DROP TABLE own; DROP TABLE people; DROP TABLE parents;
                """
            ),
            MigrationsOf.Sql(2, "Empty", "SELECT 1", "SELECT 1")
        );

        TestContext.Out.WriteLine(ToText(report));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Passed, Is.True, ToText(report));
            Assert.That(report.Migrations.SelectMany(m => m.Notes), Is.Empty);
            Assert.That(report.Migrations[1].Rows, Is.GreaterThan(140));
        }
    }
}
