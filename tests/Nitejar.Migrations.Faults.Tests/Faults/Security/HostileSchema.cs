using System.Globalization;
using System.Security.Cryptography;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Security;

/// <summary>
/// A file whose schema was made to stop or steer whoever migrates it: the history and the archive come from ordinary
/// tables only, which fire nothing, and <c>--timeout</c> holds for what is read.
/// </summary>
public sealed class HostileSchema : FaultTests
{
    private const string Endless =
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS Id, '' AS RunId FROM r WHERE n < 0";

    private static readonly SampleSize Tables = new(1_000, 10_000, 60_000);

    private const int PageSize = 4096;
    private const string DeletesAgents = "BEGIN DELETE FROM agents; END;";

    private static readonly string[] Up = ["up"];
    private static readonly string[] Down = ["down", "--yes"];
    private static readonly string[] Status = ["status"];
    private static readonly string[] History = ["history"];
    private static readonly string[] Schema = ["schema"];
    private static readonly string[] Archives = ["archive", "list"];
    private static readonly string[] Purge = ["archive", "purge", "--yes"];
    private static readonly string[] DryRun = ["down", "--dry-run"];

    /// <summary>SQL, what is named, and the commands that read or write the table.</summary>
    private static readonly Dictionary<
        string,
        (string Sql, string Named, string[][] Refused)
    > Cases = new()
    {
        ["an endless view as the journal"] = (
            $"DROP TABLE VersionJournal; CREATE VIEW VersionJournal AS {Endless};",
            "VersionJournal is a view",
            [Status, History, Up, Down, DryRun]
        ),
        ["a view as the journal"] = (
            "ALTER TABLE VersionJournal RENAME TO journal; CREATE VIEW VersionJournal AS SELECT * FROM journal;",
            "VersionJournal is a view",
            [Status, History, Up, Down, DryRun]
        ),
        ["a view of another spelling"] = (
            $"DROP TABLE VersionJournal; CREATE VIEW versionjournal AS {Endless};",
            "versionjournal is a view",
            [Status, History, Up, Down, DryRun]
        ),
        ["a virtual table as the journal"] = (
            "DROP TABLE VersionJournal; CREATE VIRTUAL TABLE VersionJournal USING fts5 (Id, RunId, Version);",
            "VersionJournal is a virtual table",
            [Status, History, Up, Down, DryRun]
        ),
        ["a virtual table as the history"] = (
            "DROP TABLE VersionInfo; CREATE VIRTUAL TABLE VersionInfo USING fts5 (Version, AppliedOn, Description);",
            "VersionInfo is a virtual table",
            [Status, Up, Down, DryRun]
        ),
        ["a journal without a rowid"] = (
            "DROP TABLE VersionJournal; CREATE TABLE VersionJournal (Id INTEGER PRIMARY KEY, RunId) WITHOUT ROWID;",
            "VersionJournal is a table without a rowid",
            [Status, History, Up, Down, DryRun]
        ),
        ["a generated column"] = (
            "ALTER TABLE VersionJournal ADD COLUMN Long AS (printf('%1000000000s', RunId));",
            "VersionJournal computes its column Long",
            [Status, History, Up, Down, DryRun]
        ),
        ["a generated column of the history"] = (
            "ALTER TABLE VersionInfo ADD COLUMN Long AS (printf('%800000000s', Description));",
            "VersionInfo computes its column Long",
            [Status, Up, Down, DryRun]
        ),
        ["an endless view as the archive"] = (
            $"DROP TABLE VersionArchive; CREATE VIEW VersionArchive AS {Endless};",
            "VersionArchive is a view",
            [Archives, Purge, Up, Down]
        ),
        ["an endless view as archived rows"] = (
            $"DROP TABLE VersionArchive_1; CREATE VIEW VersionArchive_1 AS {Endless};",
            "VersionArchive_1 is a view",
            [Purge, Up, Down]
        ),
        ["a trigger of the history"] = (
            $"CREATE TRIGGER spy AFTER INSERT ON VersionInfo {DeletesAgents} CREATE TRIGGER spy2 AFTER DELETE ON VersionInfo {DeletesAgents}",
            "VersionInfo has the trigger spy",
            [Up, Down]
        ),
        ["a trigger of the journal"] = (
            $"CREATE TRIGGER spy AFTER INSERT ON versionjournal {DeletesAgents}",
            "has the trigger spy",
            [Up, Down]
        ),
        ["a trigger of the archive"] = (
            $"CREATE TRIGGER spy AFTER DELETE ON VersionArchive {DeletesAgents}",
            "VersionArchive has the trigger spy",
            [Purge, Up, Down]
        ),
        ["a function of SQLite's"] = (
            $"""
            CREATE VIEW evil AS {Endless}; CREATE VIRTUAL TABLE pragma_table_list USING fts5 (schema, name, type);
            INSERT INTO pragma_table_list VALUES ('main', 'evil', 'table');
            """,
            "pragma_table_list has the name of a function",
            [Status, History, Schema, Up, Down, DryRun]
        ),
        ["a long value"] = (
            "UPDATE VersionInfo SET Description = zeroblob(1000001);",
            "VersionInfo holds a value of more than 1,000,000 bytes",
            [Status, Up, Down, DryRun]
        ),
        ["a long text of SQL"] = (
            "UPDATE VersionJournal SET DownSql = zeroblob(300000000) WHERE Id = 1;",
            "VersionJournal holds a value of more than 268,435,456 bytes",
            [Down, DryRun]
        ),
    };

    private static IEnumerable<string> CaseNames => Cases.Keys;

    [TestCaseSource(nameof(CaseNames))]
    public void It_is_refused_by_whatever_would_read_or_write_it(string name) => Check(Rig, name);

    [Test]
    public void A_virtual_table_without_its_parts_stops_only_what_reads_it() => CheckParts(Rig);

    [Test]
    public void Tens_of_thousands_of_tables_are_listed_in_the_end() => CheckTables(Rig);

    [Test]
    public void A_read_ends_with_its_time() => CheckTimeout(Rig);

    [Test]
    public void A_cell_that_leaves_its_page_is_damage_before_it_is_read() => CheckCells(Rig);

    private static void CheckParts(Rig rig)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(JournalMode.Delete));
        site.Execute(
            """
            CREATE VIRTUAL TABLE found USING fts5 (body); PRAGMA writable_schema = ON;
            DELETE FROM sqlite_schema WHERE name LIKE 'found@_%' ESCAPE '@';
            """
        );

        // What checks a copy of it ends with 7. What lists tables lists this one without its columns.
        string[][] refused = [Down, ["backup"]];
        string[][] unharmed = [Status, History, Schema, Up, [.. Down, "--no-backup"]];
        foreach (var command in refused)
        {
            site.Run([.. command, "-c", "x.db"]).RequireExit(7);
        }

        foreach (var command in unharmed)
        {
            site.Run([.. command, "-c", "x.db"]).RequireExit(0);
        }
    }

    /// <summary>All of them have the same page, so that they are soon made.</summary>
    private static void CheckTables(Rig rig)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithCore(JournalMode.Delete));
        site.Execute(
            $"""
            CREATE TABLE t (a); PRAGMA writable_schema = ON;
            WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < {rig.Choose(
                Tables
            )})
            INSERT INTO sqlite_schema SELECT 'table', 't' || i, 't' || i, rootpage, 'CREATE TABLE t' || i || ' (a)'
            FROM r, (SELECT rootpage FROM sqlite_schema WHERE name = 't');
            """
        );

        // SQLite calls it damaged that they share a page, so that it gets no backup.
        string[][] commands = [Status, History, Schema, Up, [.. Down, "--no-backup"]];
        foreach (var command in commands)
        {
            site.RunToItsEnd([.. command, "-c", "x.db"]).RequireExit(0);
        }
    }

    internal static void Check(Rig rig, string name)
    {
        var (sql, named, refused) = Cases[name];
        using var site = rig.NewSite();
        site.Place(Samples.WithSecondReverted(JournalMode.Delete));
        site.Execute(sql);
        var before = HashOf(site);

        foreach (var command in refused)
        {
            var result = site.Run([.. command, "-c", "x.db"]).RequireExit(6);
            Require.That(
                result.Error.Contains(named, StringComparison.Ordinal),
                $"it is not named: {result}"
            );
        }

        Require.That(HashOf(site).SequenceEqual(before), "the file was changed");
    }

    /// <summary>What is read takes longer than a millisecond on every machine, and ends of itself where nothing ends it.</summary>
    internal static void CheckTimeout(Rig rig)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithSecondReverted(JournalMode.Delete));
        site.Execute(
            """
            CREATE TEMP TABLE n AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 90000) SELECT i FROM r;
            INSERT INTO VersionInfo (Version, Description) SELECT i, 'another binary''s' FROM n;
            INSERT INTO VersionJournal (Version, Name) SELECT i, 'another' FROM n;
            INSERT INTO VersionArchive (RunId, Version, Name, TableName, Scope, State, Rows, ArchivedAt)
                SELECT '', i, 'another', 'none', 'table', 'kept', 0, '' FROM n;
            """
        );
        foreach (var command in (string[][])[DryRun, Up, Status, History, Archives])
        {
            var late = site.Run([.. command, "-c", "x.db", "--timeout", "1ms"]).RequireExit(7);
            Require.That(
                late.Error.Contains(
                    "took longer than 0.001 s (--timeout)",
                    StringComparison.Ordinal
                ),
                $"the limit is not named: {late}"
            );
        }

        site.Run("history", "-c", "x.db").RequireExit(0);
    }

    /// <summary>Counting rows does not read what is in them, so that nobody else would notice.</summary>
    internal static void CheckCells(Rig rig)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithCore(JournalMode.Delete));
        EnlargeFirstEntries(site, "agents");

        site.Run("down", "--dry-run", "-c", "x.db").RequireExit(7);
    }

    /// <summary>Lets the first entry of the table and of each of its indexes say that it has more bytes than are left of its page.</summary>
    private static void EnlargeFirstEntries(Site site, string table)
    {
        IReadOnlyList<string> roots;
        using (var connection = site.Open())
        {
            roots = connection.Read(
                $"SELECT rootpage FROM sqlite_master WHERE tbl_name = '{table}' AND rootpage > 0"
            );
        }

        var bytes = File.ReadAllBytes(site.Database);
        foreach (var root in roots)
        {
            var page = (int.Parse(root, CultureInfo.InvariantCulture) - 1) * PageSize;
            Require.That(bytes[page] is 10 or 13, $"page {root} is no leaf");
            var cell = page + (bytes[page + 8] << 8 | bytes[page + 9]);

            // 3,000, in two bytes of seven bits.
            bytes[cell] = 0x80 | 3000 >> 7;
            bytes[cell + 1] = 3000 & 0x7f;
        }

        File.WriteAllBytes(site.Database, bytes);
    }

    private static byte[] HashOf(Site site)
    {
        using var file = File.OpenRead(site.Database);
        return SHA256.HashData(file);
    }
}
