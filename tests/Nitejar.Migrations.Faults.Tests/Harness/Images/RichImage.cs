using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness.Images;

/// <summary>The bytes of a database that has something of everything, and of its log.</summary>
/// <param name="Database">The file.</param>
/// <param name="Log">What lies beside it; empty for none.</param>
internal sealed record RichImage(byte[] Database, byte[] Log)
{
    private const string Objects = """
        CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL CHECK (length(body) > 0),
            size INTEGER AS (length(body)) STORED, loud TEXT AS (upper(body)));
        CREATE INDEX notes_by_word ON notes (lower(body)) WHERE size < 1000;
        CREATE VIRTUAL TABLE found USING fts5 (body, content = 'notes', content_rowid = 'id');
        CREATE TRIGGER notes_added AFTER INSERT ON notes BEGIN
            INSERT INTO found (rowid, body) VALUES (new.id, new.body);
        END;
        CREATE TABLE pairs (a TEXT, b INTEGER, note INTEGER REFERENCES notes (id), PRIMARY KEY (a, b)) WITHOUT ROWID;
        CREATE VIEW loudest AS SELECT loud, b FROM notes JOIN pairs ON note = notes.id ORDER BY size DESC LIMIT 3;
        """;

    private const string Rows = """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
            INSERT INTO notes (body) SELECT 'word ' || i || CASE i % 50 WHEN 0 THEN hex(zeroblob(5000)) ELSE '' END FROM n;
        INSERT INTO pairs SELECT 'a' || id % 7, id, id FROM notes;
        """;

    /// <summary>A file at rest: a migration is applied, another is reverted, and its rows are in the archive.</summary>
    public static RichImage AtRest { get; } =
        Make(site => site.Execute(Objects + Rows), hasLog: false);

    /// <summary>A file whose last changes are in the log alone, as a process that was killed leaves it.</summary>
    public static RichImage WithLog { get; } = Make(site => site.Execute(Objects), hasLog: true);

    /// <summary>A copy in which one of the two is damaged.</summary>
    public RichImage Damage(Random random)
    {
        if (Log.Length > 0 && random.Next(2) == 0)
        {
            return this with { Log = Mutation.Of(Log, random) };
        }

        return this with
        {
            Database =
                random.Next(2) == 0
                    ? Mutation.Of(Database, random)
                    : Mutation.OfPageHeaders(Database, random),
        };
    }

    /// <summary>Puts it there.</summary>
    public void Place(Site site)
    {
        site.Place(Database);
        if (Log.Length > 0)
        {
            File.WriteAllBytes(site["x.db-wal"], Log);
        }
    }

    private static RichImage Make(Action<Site> fill, bool hasLog)
    {
        using var site = new Site(MigrateProgram.Published);
        site.Place(Samples.WithSecondReverted(hasLog ? JournalMode.Wal : JournalMode.Delete));
        fill(site);
        if (!hasLog)
        {
            return new RichImage(File.ReadAllBytes(site.Database), []);
        }

        // Whoever closes the last connection moves the log into the file.
        using var connection = site.Open();
        connection.Run(Rows);
        return new RichImage(File.ReadAllBytes(site.Database), File.ReadAllBytes(site["x.db-wal"]));
    }
}
