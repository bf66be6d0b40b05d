using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Engine.Tests.Trust.Verifying;

/// <summary>Verifies migrations of tests.</summary>
public abstract class VerificationTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    protected const string Books = """
        CREATE TABLE books (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL COLLATE NOCASE,
            author TEXT,
            pages INTEGER NOT NULL DEFAULT 1);
        CREATE INDEX idx_books_author ON books (author);
        CREATE TRIGGER trg_books AFTER DELETE ON books BEGIN SELECT 1; END;
        CREATE TABLE tags (name TEXT PRIMARY KEY NOT NULL, note TEXT);
        """;

    protected const string DropBooks = "DROP TABLE tags; DROP TABLE books";

    private protected string FileOf(string name) => _folder[name];

    private protected VerifyReport Verify(params KnownMigration[] migrations) =>
        Verify(new VerifySettings(), migrations);

    private protected VerifyReport Verify(
        VerifySettings settings,
        params KnownMigration[] migrations
    ) =>
        new Verification(
            new SqliteDatabase(_folder["none.db"]),
            new MigrationCatalog(migrations),
            () => HistoryOf.Origin
        ).Run(settings, CancellationToken.None);

    /// <summary>Verifies a migration on top of the books.</summary>
    private protected VerifyReport OnBooks(string up, string down) =>
        Verify(
            MigrationsOf.Sql(1, "Books", Books, DropBooks),
            MigrationsOf.Sql(2, "Second", up, down)
        );

    private protected static string ToText(VerifyReport report) =>
        string.Join(
            '\n',
            report
                .Migrations.Select(m =>
                    $"{m.Id} {m.Outcome}{Lines(m.Findings)}{string.Concat(m.Notes.Select(n => $"\n  note: {n}"))}"
                )
                .Concat(report.Whole.Select(w => $"{w.Check} {w.Outcome}{Lines(w.Findings)}"))
        );

    private protected static Finding[] FindingsOf(VerifyReport report) =>
        [
            .. report.Migrations.SelectMany(m => m.Findings),
            .. report.Whole.SelectMany(w => w.Findings),
        ];

    private static string Lines(IEnumerable<Finding> findings) =>
        string.Concat(
            findings.Select(f =>
                $"\n  {f.Check} {f.Place}: {f.Problem}\n    before: {f.Before}\n    after:  {f.After}"
            )
        );
}
