using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

namespace Nitejar.Migrations.Engine.Tests.Trust.Verifying;

/// <summary>Downs that do not take back what their Up did, and steps that work without rows only: each is found, with the object's name.</summary>
public sealed class WrongDownTests : VerificationTests
{
    private const string Rebuilt =
        "CREATE TABLE books_new (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL COLLATE NOCASE, author TEXT, pages INTEGER NOT NULL DEFAULT 1);";

    private const string Again =
        "CREATE INDEX idx_books_author ON books (author); CREATE TRIGGER trg_books AFTER DELETE ON books BEGIN SELECT 1; END;";

    private static string Rebuild(
        string table,
        string query = "SELECT id, title, author, pages FROM books",
        string again = Again
    ) =>
        $"{table} INSERT INTO books_new (id, title, author, pages) {query}; DROP TABLE books; ALTER TABLE books_new RENAME TO books; {again}";

    private static IEnumerable<TestCaseData> WrongDowns()
    {
        yield return Case(
            "lost index",
            "DROP INDEX idx_books_author",
            "",
            (VerifyCheck.Undoes, "books.idx_books_author", "index: missing")
        );
        yield return Case(
            "lost trigger",
            "DROP TRIGGER trg_books",
            "",
            (VerifyCheck.Undoes, "books.trg_books", "trigger: missing")
        );
        yield return Case(
            "trigger lost by a rebuild",
            "CREATE TABLE other (id INTEGER)",
            "DROP TABLE other;"
                + Rebuild(Rebuilt, again: "CREATE INDEX idx_books_author ON books (author)"),
            (VerifyCheck.Reverts, "2_Second", "trg_books")
        );
        yield return Case(
            "changed default",
            Rebuild(Rebuilt.Replace("DEFAULT 1", "DEFAULT 7", StringComparison.Ordinal)),
            "UPDATE books SET pages = pages",
            (VerifyCheck.Undoes, "books.pages", "default: changed")
        );
        yield return Case(
            "changed nullability",
            Rebuild(Rebuilt),
            Rebuild(
                Rebuilt.Replace("author TEXT", "author TEXT NOT NULL", StringComparison.Ordinal),
                "SELECT id, title, coalesce(author, ''), pages FROM books"
            ),
            (VerifyCheck.Undoes, "books.author", "nullability: changed")
        );
        yield return Case(
            "changed collation",
            Rebuild(Rebuilt),
            Rebuild(Rebuilt.Replace(" COLLATE NOCASE", "", StringComparison.Ordinal)),
            (VerifyCheck.Undoes, "books.title", "collation: changed")
        );
        yield return Case(
            "lost row",
            "ALTER TABLE tags ADD COLUMN kind TEXT",
            "ALTER TABLE tags DROP COLUMN kind; DELETE FROM tags WHERE name = 'a'",
            (VerifyCheck.Undoes, "tags", "a row is lost")
        );
        yield return Case(
            "changed value",
            "ALTER TABLE tags ADD COLUMN kind TEXT",
            "ALTER TABLE tags DROP COLUMN kind; UPDATE tags SET note = upper(note)",
            (VerifyCheck.Undoes, "tags.note", "a value has changed")
        );
        yield return Case(
            "values that are gone before the archive can keep them",
            "ALTER TABLE tags ADD COLUMN kind TEXT",
            "UPDATE tags SET kind = NULL; ALTER TABLE tags DROP COLUMN kind",
            (VerifyCheck.Restores, "tags.kind", "a value has changed")
        );
        yield return Case(
            "rows restored in another order",
            "CREATE TABLE parked AS SELECT * FROM tags; DELETE FROM tags",
            "INSERT INTO tags SELECT * FROM parked ORDER BY name DESC; DROP TABLE parked",
            (VerifyCheck.Undoes, "tags", "rows are in another order")
        );
        yield return Case(
            "sequence that starts again",
            "CREATE TABLE other (id INTEGER)",
            "DROP TABLE other;" + Rebuild(Rebuilt),
            (VerifyCheck.Undoes, "books", "the sequence starts again")
        );
        yield return Case(
            "sequence that a statement resets",
            "CREATE TABLE other (id INTEGER)",
            "DROP TABLE other; DELETE FROM sqlite_sequence WHERE name = 'books'",
            (VerifyCheck.Undoes, "books", "the sequence starts again")
        );
        yield return Case(
            "Down that works on an empty table only",
            "ALTER TABLE books ADD COLUMN isbn TEXT",
            "ALTER TABLE books DROP COLUMN isbn; ALTER TABLE books DROP COLUMN author; ALTER TABLE books ADD COLUMN author TEXT NOT NULL",
            (VerifyCheck.Reverts, "2_Second", "failed")
        );
        yield return Case(
            "Down that works without rows in what the Up makes only",
            "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)",
            "CREATE TABLE probe (id INTEGER CHECK (id < 0)); INSERT INTO probe SELECT id FROM notes WHERE id > 0; DROP TABLE probe; DROP TABLE notes",
            (VerifyCheck.Reverts, "2_Second", "failed")
        );
        yield return Case(
            "Up that works on an empty table only",
            "ALTER TABLE books ADD COLUMN isbn TEXT NOT NULL",
            "ALTER TABLE books DROP COLUMN isbn",
            (VerifyCheck.Applies, "2_Second", "failed")
        );
        yield return Case(
            "Down that does nothing",
            "CREATE TABLE other (id INTEGER)",
            "",
            (VerifyCheck.Undoes, "other", "table: was not there before")
        );
        yield return Case(
            "Up that mixes values up while it rebuilds",
            Rebuild(Rebuilt, "SELECT id, title, title, pages FROM books"),
            "SELECT 1",
            (VerifyCheck.KeepsRows, "books.author", "a value has changed")
        );
    }

    [TestCaseSource(nameof(WrongDowns))]
    public void Is_found(
        string up,
        string down,
        (VerifyCheck Check, string Place, string Problem) expected
    )
    {
        var report = OnBooks(up, down);

        TestContext.Out.WriteLine(ToText(report));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Passed, Is.False);
            Assert.That(report.Migrations[0].Findings, Is.Empty);
            Assert.That(
                report.Migrations[1].Findings,
                Has.Some.Matches<Finding>(finding =>
                    finding!.Check == expected.Check
                    && finding.Place == expected.Place
                    && $"{finding.Problem} {finding.After}".Contains(
                        expected.Problem,
                        StringComparison.Ordinal
                    )
                ),
                ToText(report)
            );
        }
    }

    private static TestCaseData Case(
        string name,
        string up,
        string down,
        (VerifyCheck, string, string) expected
    ) => new TestCaseData(up, down, expected).SetName($"{{m}}: {name}");
}
