using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Output;

/// <summary>docs/json.md and docs/schema.md list the fields of real answers: every one, and no other.</summary>
public sealed class JsonFieldsTests : WorkplaceTests
{
    private const string Envelope = "Every answer";

    /// <summary>What the first migration makes, and a trigger that is noted.</summary>
    private const string Adoptable = """
        CREATE TABLE integrations (id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, config TEXT,
            scope TEXT NOT NULL DEFAULT 'global', enabled INTEGER NOT NULL DEFAULT 1,
            created_at INTEGER NOT NULL DEFAULT (unixepoch()), updated_at INTEGER NOT NULL DEFAULT (unixepoch()));
        CREATE TABLE agents (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, sprite_id TEXT, config TEXT,
            status TEXT NOT NULL DEFAULT 'idle',
            created_at INTEGER NOT NULL DEFAULT (unixepoch()), updated_at INTEGER NOT NULL DEFAULT (unixepoch()));
        CREATE TRIGGER t AFTER INSERT ON agents BEGIN SELECT 1; END;
        """;
    private readonly List<JsonElement> _answers = [];

    [SetUp]
    public void Begin() => _answers.Clear();

    [Test]
    public void Of_a_failure_before_the_command_begins()
    {
        Ask(2, "up", "--bogus");
        Ask(2, "script", "up", "--to", "17");
        Ask(7, "status", "-c", Place.Folder);

        Compare("Every answer");
    }

    [Test]
    public void Of_a_run()
    {
        Prepare();
        Ask(6, "down", "-c", "x.db");
        Ask(0, "down", "-c", "x.db", "--yes");
        Ask(0, "up", "-c", "x.db");
        Place.Sqlite("x.db", "UPDATE VersionJournal SET Checksum = 'other';");
        Ask(0, "up", "-c", "x.db", "--accept-changed", Core, "--accept-changed", Github);

        Place.Sqlite("other.db", Adoptable);
        Ask(0, "adopt", "-c", "other.db");

        Compare("`up`, `down`, `redo`, `adopt`");
    }

    [Test]
    public void Of_a_dry_run()
    {
        Prepare();
        Ask(0, "down", "-c", "x.db", "--dry-run");
        Place.Sqlite("taken.db", "CREATE TABLE agents (id);");
        Ask(6, "up", "-c", "taken.db", "--dry-run");

        Place.Sqlite("other.db", Adoptable);
        Ask(0, "adopt", "-c", "other.db", "--dry-run");

        using var server = PostgresServer.Shared().CreateDatabase();
        Place.Run("up", "-c", server.ConnectionString).Exits(0);
        Ask(0, "down", "-c", server.ConnectionString, "--dry-run");

        Compare("`up`, `down`, `redo`, `adopt` with `--dry-run`");
    }

    [Test]
    public void Of_status()
    {
        Ask(0, "status", "-c", "x.db");
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            "UPDATE VersionJournal SET Checksum = 'other'; CREATE TABLE kysely_migration (name, timestamp);"
        );
        Ask(4, "status", "-c", "x.db");

        Compare("`status`");
    }

    [Test]
    public void Of_drift()
    {
        Place.Sqlite("x.db", Adoptable);
        Place.Run("adopt", "-c", "x.db").Exits(0);
        Ask(0, "drift", "-c", "x.db");
        Place.Sqlite("x.db", "ALTER TABLE agents ADD COLUMN a; DROP TABLE integrations;");
        Ask(4, "drift", "-c", "x.db");

        Compare("`drift`");
    }

    [Test]
    public void Of_history()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            "UPDATE VersionJournal SET Outcome = 'executed', Statement = 1 WHERE Id = 2;"
        );
        Ask(0, "history", "-c", "x.db");

        Compare("`history`");
    }

    [Test]
    public void Of_scripts()
    {
        Ask(0, "script", "up");
        Ask(0, "script", "down", "--provider", "postgres");

        Compare("`script up`, `script down`");
    }

    [Test]
    public void Of_a_verification()
    {
        Ask(0, "verify");
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", "DROP INDEX idx_agents_name;");
        Ask(4, "verify", "--from", "x.db");

        Compare("`verify`");
    }

    [Test]
    public void Of_the_archive()
    {
        Prepare();
        Place.Run("down", "-c", "x.db", "--yes").Exits(0);
        Ask(0, "archive", "list", "-c", "x.db");
        Ask(0, "archive", "purge", "-c", "x.db", "--yes");

        Compare("`archive list`, `archive purge`");
    }

    [Test]
    public void Of_a_backup()
    {
        Prepare();
        Ask(0, "backup", "-c", "x.db");

        Compare("`backup`");
    }

    [Test]
    public void Of_a_restore()
    {
        Prepare();
        Place.Run("backup", "-c", "x.db", "--to", "b.db").Exits(0);
        Ask(0, "restore", "b.db", "-c", "x.db", "--yes");

        Compare("`restore`");
    }

    [Test]
    public void Of_a_new_migration()
    {
        Ask(0, "new", "AddThing");

        Compare("`new`");
    }

    [Test]
    public void Of_a_completion()
    {
        Ask(0, "completion", "bash");

        Compare("`completion bash`, `completion zsh`, `completion fish`");
    }

    [Test]
    public void Of_the_version()
    {
        Ask(0, "--version");

        Compare("`--version`");
    }

    [Test]
    public void Of_a_schema()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            """
            CREATE TABLE t (a INTEGER CHECK (a > 0), b TEXT UNIQUE);
            CREATE INDEX i ON t (a DESC, lower(b));
            CREATE VIEW v AS SELECT * FROM t;
            """
        );
        Ask(0, "schema", "-c", "x.db");

        Compare("Fields of the JSON document", "schema.md");
    }

    [Test]
    public void Of_a_receipt()
    {
        Place.Variables["MIGRATION_RECEIPT_PATH"] = Place["receipt.json"];
        Prepare();
        foreach (var exitCode in (int[])[6, 0])
        {
            Place
                .Run(["down", "-c", "x.db", .. exitCode == 0 ? ["--yes"] : (string[])[]])
                .Exits(exitCode);
            Add(File.ReadAllText(Place["receipt.json"]));
        }

        var run = Documented("json.md")["`up`, `down`, `redo`, `adopt`"];
        var steps = run.Where(field => field.Key.StartsWith("steps[].", StringComparison.Ordinal));
        Compare(
            new Dictionary<string, string>(
                Documented("json.md")["Receipts"]
                    .Concat(steps.Where(f => !f.Key.Contains("restored[]")))
            )
        );
    }

    [Test]
    public void Of_several_schemas()
    {
        using var database = PostgresServer.Shared().CreateDatabase();
        database.Psql("CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE b.agents (id integer)");
        string[] call = ["status", "-c", database.ConnectionString, "--target-schemas", "?"];
        var lines = Place.Run([.. call, "--json"]).Exits(0).Output.Split('\n')[..^1];
        var last = Place
            .Run(["up", .. call[1..], "--json"])
            .Exits(8)
            .Output.TrimEnd('\n')
            .Split('\n')[^1];

        Array.ForEach(lines[..^1], Add);
        Assert.That(
            _answers.Select(answer => answer.GetProperty("target").GetString()),
            Is.EqualTo((string[])["a", "b"])
        );
        var documented = Documented("json.md");
        Compare(
            new Dictionary<string, string>(
                documented[Envelope]
                    .Where(field => !field.Key.StartsWith("error.", StringComparison.Ordinal))
                    .Concat(documented["`status`"])
                    .Concat(documented["`--target-schemas`"])
                    .Where(field => !field.Key.StartsWith("otherHistories[]"))
            )
        );
        _answers.Clear();
        Add(lines[^1]);
        Add(last);
        Compare("`--target-schemas`, the last line");
    }

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Documented(
        string document
    ) => DocumentedFields.Of(document);

    /// <summary>A database with rows that a Down removes.</summary>
    private void Prepare()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            """
            INSERT INTO integrations (id, type, name, scope, enabled, created_at, updated_at) VALUES ('i', 't', 'n', 'global', 1, 1, 1);
            INSERT INTO github_installations (installation_id, integration_id, created_at, updated_at) VALUES (1, 'i', 1, 1);
            """
        );
    }

    private void Ask(int exitCode, params string[] arguments) =>
        Add(Place.Run([.. arguments, "--json"]).Exits(exitCode).Output);

    private void Add(string text)
    {
        using var document = JsonDocument.Parse(text);
        _answers.Add(document.RootElement.Clone());
    }

    private void Compare(string heading, string document = "json.md")
    {
        var envelope = Documented("json.md")[Envelope];
        var all = new Dictionary<string, string>(envelope);
        foreach (var (field, type) in Documented(document)[heading])
        {
            all[field] = type;
        }

        // Of a command that never fails here, `error` has no fields of its own.
        var isNoFailure = _answers.TrueForAll(answer =>
            answer.GetProperty("error").ValueKind == JsonValueKind.Null
        );
        foreach (
            var field in envelope.Keys.Where(name =>
                isNoFailure && name.StartsWith("error.", StringComparison.Ordinal)
            )
        )
        {
            all.Remove(field);
        }

        Compare(all);
        foreach (var answer in _answers)
        {
            Assert.That(
                answer.EnumerateObject().Take(5).Select(property => property.Name),
                Is.EqualTo(envelope.Keys.Where(name => !name.Contains('.')))
            );
        }
    }

    private void Compare(IReadOnlyDictionary<string, string> documented)
    {
        var found = _answers.SelectMany(answer => FieldsOf.Document(answer)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(
                found.Select(field => field.Field).Distinct().Order(StringComparer.Ordinal),
                Is.EqualTo(documented.Keys.Order(StringComparer.Ordinal))
            );
            foreach (var (field, value) in found.Where(f => documented.ContainsKey(f.Field)))
            {
                Assert.That(
                    FieldsOf.IsOfType(value, documented[field]),
                    $"{field} is {value.GetRawText()}, not {documented[field]}"
                );
            }
        });
    }
}
