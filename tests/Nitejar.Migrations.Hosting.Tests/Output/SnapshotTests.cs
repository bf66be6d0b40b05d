using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Output;

/// <summary>What people and programs read, as approved texts. Every name below has a text for people and one in JSON.</summary>
public sealed class SnapshotTests
{
    private readonly Host _host = Library.Host();
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter() => _folder = new WorkingFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public void Up([Values] bool json) => Match("up", json, _host, "up");

    [Test]
    public void Up_with_nothing_to_do([Values] bool json)
    {
        Prepare(_host, "up");
        Match("up-again", json, _host, "up");
    }

    [Test]
    public void Up_without_running_anything([Values] bool json)
    {
        Prepare(_host, "up", "--steps", "1");
        Match("up-dry-run", json, _host, "up", "--dry-run");
    }

    [Test]
    public void Up_that_fails([Values] bool json)
    {
        var host = new Host(Library.Authors, Library.Shelves, Library.Broken, Library.Code);
        Prepare(host, "up", "--to", "20250101000000");
        Match("up-failed", json, host, "up");
    }

    [Test]
    public void Up_that_is_interrupted_without_a_transaction([Values] bool json) =>
        Match("up-interrupted", json, new Host(Library.Authors, Library.Interrupted), "up");

    [Test]
    public void Status_of_an_interrupted_migration([Values] bool json)
    {
        var host = new Host(Library.Authors, Library.Interrupted);
        Assert.That(host.Run("up").ExitCode, Is.EqualTo(1));
        Match("status-interrupted", json, host, "status");
    }

    [Test]
    public void Up_before_an_interrupted_migration_is_settled([Values] bool json)
    {
        var host = new Host(Library.Authors, Library.Interrupted);
        Assert.That(host.Run("up").ExitCode, Is.EqualTo(1));
        Match("up-unsettled", json, host, "up");
    }

    [Test]
    public void History_of_an_interrupted_migration([Values] bool json)
    {
        var host = new Host(Library.Authors, Library.Interrupted);
        Assert.That(host.Run("up").ExitCode, Is.EqualTo(1));
        Match("history-interrupted", json, host, "history");
    }

    [Test]
    public void Up_of_an_older_program([Values] bool json)
    {
        Prepare(_host, "up");
        Match("up-older", json, new Host(Library.Authors), "up");
    }

    [Test]
    public void Status_of_a_database_that_does_not_exist([Values] bool json) =>
        Match("status-absent", json, _host, "status");

    [Test]
    public void Status_with_pending_migrations([Values] bool json)
    {
        Prepare(_host, "up", "--steps", "2");
        Match("status-pending", json, _host, "status", "--check");
    }

    [Test]
    public void Status_with_unknown_migrations([Values] bool json)
    {
        Prepare(_host, "up");
        Match("status-unknown", json, new Host(Library.Authors, Library.Shelves), "status");
    }

    [Test]
    public void Status_with_a_changed_migration([Values] bool json)
    {
        Prepare(_host, "up");
        var changed = new Host(Library.Authors, Library.ChangedBooks, Library.Shelves);
        Match("status-changed", json, changed, "status");
    }

    [Test]
    public void Down([Values] bool json)
    {
        Prepare(_host, "up");
        Match("down", json, _host, "down", "--steps", "2");
    }

    [Test]
    public void Down_without_running_anything([Values] bool json)
    {
        Prepare(_host, "up");
        Match("down-dry-run", json, _host, "down", "--all", "--dry-run");
    }

    [Test]
    public void Down_with_rows_without_running_anything([Values] bool json)
    {
        PrepareRows();
        Match("down-rows-dry-run", json, _host, "down", "--all", "--dry-run");
    }

    [Test]
    public void Redo([Values] bool json)
    {
        Prepare(_host, "up");
        Match("redo", json, _host, "redo", "--steps", "2");
    }

    [Test]
    public void Down_with_rows([Values] bool json)
    {
        PrepareRows();
        Match("down-rows", json, _host, "down", "--yes");
    }

    [Test]
    public void Down_with_rows_that_nobody_allowed([Values] bool json)
    {
        PrepareRows();
        Match("down-rows-refused", json, _host, "down");
    }

    [Test]
    public void Up_that_restores([Values] bool json)
    {
        PrepareRows();
        Prepare(_host, "down", "--yes");
        Match("up-restores", json, _host, "up");
    }

    [Test]
    public void Archive_list([Values] bool json)
    {
        PrepareRows();
        Prepare(_host, "down", "--yes");
        Match("archive-list", json, _host, "archive", "list");
    }

    [Test]
    public void Archive_purge([Values] bool json)
    {
        PrepareRows();
        Prepare(_host, "down", "--yes");
        Match("archive-purge", json, _host, "archive", "purge", "--yes");
    }

    [Test]
    public void History([Values] bool json)
    {
        Prepare(_host, "up", "--steps", "1");
        Prepare(_host, "up");
        Prepare(_host, "down");
        Match("history", json, _host, "history");
    }

    [Test]
    public void History_of_a_database_that_does_not_exist([Values] bool json) =>
        Match("history-absent", json, _host, "history");

    [TestCase("table")]
    [TestCase("sql")]
    [TestCase("json")]
    public void Schema(string format)
    {
        Prepare(_host, "up");
        Snapshot.Matches($"schema-{format}", Snapshot.Of(_host, "schema", "--format", format));
    }

    [TestCase("table")]
    [TestCase("json")]
    [TestCase("sql")]
    public void Schema_with_every_trait(string format)
    {
        LibraryFile.Execute(
            """
            CREATE TABLE parents (a TEXT, b TEXT COLLATE NOCASE, PRIMARY KEY (b, a DESC) ON CONFLICT REPLACE) WITHOUT ROWID, STRICT;
            CREATE TABLE children (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                a TEXT NOT NULL ON CONFLICT IGNORE DEFAULT (lower('X')),
                b TEXT UNIQUE COLLATE RTRIM,
                c INT CONSTRAINT positive CHECK (c > 0) CHECK (c < 9),
                d INT AS (c * 2) STORED,
                CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES parents (a, b)
                    ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
                FOREIGN KEY (b, a) REFERENCES parents,
                CONSTRAINT uq UNIQUE (a, b) ON CONFLICT FAIL
            );
            CREATE UNIQUE INDEX i ON children (c DESC, lower(a) COLLATE NOCASE) WHERE d IS NOT NULL -- why
            ;
            CREATE VIRTUAL TABLE words USING fts5(word, tokenize = 'porter');
            CREATE VIEW twice AS
                SELECT d FROM children;
            CREATE TRIGGER added AFTER INSERT ON children BEGIN
                DELETE FROM children WHERE c = 8;
            END;
            CREATE TRIGGER instead INSTEAD OF DELETE ON twice BEGIN SELECT 1; END;
            CREATE TABLE vectors_rows (x);
            PRAGMA writable_schema = ON;
            INSERT INTO sqlite_schema VALUES ('table', 'vectors', 'vectors', 0, 'CREATE VIRTUAL TABLE vectors USING vec0(e float[4])');
            """,
            "nitejar.db"
        );

        var outcome = Snapshot.Of(_host, "schema", "--format", format);

        Snapshot.Matches($"schema-traits-{format}", outcome);
    }

    [Test]
    public void Schema_of_a_database_that_does_not_exist([Values] bool json) =>
        Match("schema-absent", json, _host, "schema");

    [Test]
    public void Script(
        [Values("up", "down")] string direction,
        [Values("sqlite", "postgres")] string provider
    ) =>
        Snapshot.Matches(
            $"script-{direction}-{provider}",
            Snapshot.Of(
                new Host(Library.Authors, Library.Books),
                "script",
                direction,
                "--provider",
                provider
            )
        );

    [Test]
    public void Script_as_json() =>
        Match("script-up", json: true, new Host(Library.Authors), "script", "up");

    [Test]
    public void Usage_error([Values] bool json) =>
        Match("usage-error", json, _host, "up", "--steps", "none");

    [TestCase("help")]
    [TestCase("help-up", "up")]
    [TestCase("help-down", "down")]
    [TestCase("help-backup", "backup")]
    [TestCase("help-restore", "restore")]
    [TestCase("help-script-up", "script", "up")]
    [TestCase("help-verify", "verify")]
    public void Help(string name, params string[] command) =>
        Snapshot.Matches(name, Snapshot.Of(_host, [.. command, "--help"]));

    private static void Match(string name, bool json, Host host, params string[] args) =>
        Snapshot.Matches(
            json ? name + "-json" : name,
            Snapshot.Of(host, json ? [.. args, "--json"] : args)
        );

    private void PrepareRows()
    {
        Prepare(_host, "up");
        LibraryFile.Execute("INSERT INTO shelves VALUES (7, 'attic'), (8, 'hall')", "nitejar.db");
    }

    private static void Prepare(Host host, params string[] args)
    {
        var outcome = host.Run(args);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
    }
}
