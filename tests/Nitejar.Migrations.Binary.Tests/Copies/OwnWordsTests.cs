using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Copies;

/// <summary>Databases whose application registers collations, functions or tokenizers of its own, which this program lacks.</summary>
public sealed class OwnWordsTests : WorkplaceTests
{
    private const string Collation = "no such collation sequence: LOCALIZED";

    [SetUp]
    public void Migrate() => Place.Run("up", "-c", "x.db").Exits(0);

    [TestCase(
        "CREATE TABLE p (n TEXT); INSERT INTO p VALUES ('ä'), ('a'); CREATE INDEX ip ON p (n COLLATE LOCALIZED);",
        "p (no such collation sequence: LOCALIZED)"
    )]
    [TestCase(
        "CREATE TABLE p (t TEXT, s TEXT GENERATED ALWAYS AS (slugify(t)) VIRTUAL); INSERT INTO p VALUES ('A b'); CREATE INDEX ip ON p (s);",
        "slugify"
    )]
    [TestCase(
        """
            CREATE TABLE p (n TEXT); CREATE VIRTUAL TABLE ft USING fts5 (a); INSERT INTO ft VALUES ('hello world');
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE ft USING fts5 (a, tokenize = ''mine'')' WHERE name = 'ft';
            """,
        "ft (no such tokenizer: mine)"
    )]
    public void A_backup_is_kept_and_what_could_not_be_checked_is_said(
        string sql,
        string notChecked
    )
    {
        ExecuteAsApplication(sql);

        var backup = Place.Run("backup", "-c", "x.db", "--to", "b.db").Exits(0);
        var again = Place.Run("restore", "b.db", "-c", "x.db", "--yes").Exits(0);
        var fresh = Place.Run("restore", "b.db", "-c", "new.db", "--yes").Exits(0);
        var redo = Place.Run("redo", "-c", "x.db", "--yes").Exits(0);

        foreach (var result in (CommandResult[])[backup, again, fresh])
        {
            Assert.That(
                result.Error,
                Does.StartWith("warning: Not checked,").And.Contain(notChecked)
            );
        }

        Assert.That(redo.Exits(0).ExitCode, Is.Zero);
        Assert.That(File.ReadAllBytes(Place["b.db"]), Is.Not.Empty);
        Assert.That(CountAsApplication("new.db"), Is.EqualTo(CountAsApplication("x.db")));
    }

    [Test]
    public void A_run_that_can_lose_rows_has_its_backup()
    {
        ExecuteAsApplication(
            """
            CREATE TABLE p (n TEXT); INSERT INTO p VALUES ('a'); CREATE INDEX ip ON p (n COLLATE LOCALIZED);
            INSERT INTO integrations (id, type, name, created_at, updated_at) VALUES ('i', 'github', 'n', 1, 2);
            INSERT INTO github_installations VALUES (1, 11, 'acme', 7, 'i', 1, 2);
            """
        );

        var down = Place.Run("down", "-c", "x.db", "--yes").Exits(0);

        Assert.That(down.Output, Does.Contain("backup: "));
        Assert.That(down.Error, Does.Contain(Collation));
    }

    /// <summary>What can be checked still is.</summary>
    [Test]
    public void Damage_beside_it_is_found()
    {
        ExecuteAsApplication(
            "CREATE TABLE p (n TEXT); CREATE INDEX ip ON p (n COLLATE LOCALIZED); CREATE TABLE q (n TEXT); INSERT INTO q VALUES (hex(randomblob(3000)));"
        );
        var page = int.Parse(
            Place.Sqlite("x.db", "SELECT rootpage FROM sqlite_schema WHERE name = 'q';")
        );
        var size = int.Parse(Place.Sqlite("x.db", "PRAGMA page_size;"));
        using (var file = File.OpenWrite(Place["x.db"]))
        {
            file.Position = (page - 1) * size;
            file.Write(new byte[200]);
        }

        var result = Place.Run("backup", "-c", "x.db", "--to", "b.db").Exits(7);

        Assert.That(result.Error, Does.Contain("No backup of x.db could be made"));
        Assert.That(Place["b.db"], Does.Not.Exist);
    }

    private long CountAsApplication(string file)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM p";
        return (long)command.ExecuteScalar()!;
    }

    private void ExecuteAsApplication(string sql)
    {
        using var connection = Open("x.db");
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={Place[file]};Pooling=False");
        connection.Open();
        connection.CreateCollation(
            "LOCALIZED",
            (a, b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase)
        );
        connection.CreateFunction(
            "slugify",
            (string text) => text.ToLowerInvariant().Replace(' ', '-'),
            isDeterministic: true
        );
        return connection;
    }
}
