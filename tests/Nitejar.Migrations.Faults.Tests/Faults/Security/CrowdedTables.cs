using System.Globalization;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Security;

/// <summary>
/// A file whose history, journal or archive holds more than migrations leave in any database: what reads it ends with 7
/// and one sentence, in bounded memory; the longest journal that is read is not held in memory.
/// </summary>
public sealed class CrowdedTables : FaultTests
{
    private const int Listed = 100_000;
    private const int Journaled = 1_000_000;
    private const long Mebibyte = 1024 * 1024;
    private const long MayGrow = 100 * Mebibyte;

    /// <summary>How many times too long the journal is: 50 million rows in the long size.</summary>
    private static readonly SampleSize Times = new(1, 1, 50);

    private static readonly string[] Status = ["status", "-c", "x.db"];
    private static readonly string[] Up = ["up", "-c", "x.db"];
    private static readonly string[] Down = ["down", "-c", "x.db", "--yes"];
    private static readonly string[] History = ["history", "-c", "x.db"];
    private static readonly string[] Archives = ["archive", "list", "-c", "x.db"];
    private static readonly string[] Purge = ["archive", "purge", "-c", "x.db", "--yes"];
    private static readonly string[] Backup = ["backup", "-c", "x.db", "--to", "out.db"];
    private static readonly string[] Restore = ["restore", "x.db", "-c", "y.db", "--yes"];

    /// <summary>What is inserted, where n.i counts rows; how many; what is named; the commands that read it.</summary>
    private static readonly Dictionary<
        string,
        (string Sql, int Rows, string Named, string[][] Refused)
    > Cases = new()
    {
        ["versions"] = (
            "INSERT INTO VersionInfo (Version, Description) SELECT i, 'another binary''s' FROM n",
            Listed,
            "VersionInfo holds more than 100,000 rows",
            [Status, Up, Down, Backup, Restore]
        ),
        ["entries to be shown"] = (
            "INSERT INTO VersionJournal (Version) SELECT 1 FROM n",
            Listed,
            "VersionJournal holds more than 100,000 rows, too many to be shown",
            [History]
        ),
        ["entries"] = (
            "INSERT INTO VersionJournal (Version) SELECT 1 FROM n",
            Journaled,
            "VersionJournal holds more than 1,000,000 rows",
            [Status, Down]
        ),
        ["entries that are in no order"] = (
            """
            DROP TABLE VersionJournal; CREATE TABLE VersionJournal (Id, RunId, Version);
            INSERT INTO VersionJournal SELECT -i, '', 1 FROM n
            """,
            Journaled,
            "VersionJournal holds more than 1,000,000 rows",
            [Status]
        ),
        ["migrations in the journal"] = (
            "INSERT INTO VersionJournal (Version) SELECT i FROM n",
            Listed,
            "VersionJournal holds more than 100,000 migrations",
            [Status, Down]
        ),
        ["words"] = (
            "INSERT INTO VersionJournal (Version, Name) SELECT 1, zeroblob(1000000) FROM n",
            250,
            "VersionJournal holds more than 250,000,000 bytes of text",
            [Status, Down, History]
        ),
        ["archived tables"] = (
            """
            INSERT INTO VersionArchive (RunId, Version, Name, TableName, Scope, State, Rows, ArchivedAt)
                SELECT '', 1, '', 'none', 'table', 'kept', 0, '' FROM n
            """,
            Listed,
            "VersionArchive holds more than 100,000 rows",
            [Archives, Purge, Up]
        ),
    };

    private static IEnumerable<string> CaseNames => Cases.Keys;

    [Test]
    public void It_is_refused_by_whatever_would_read_it(
        [ValueSource(nameof(CaseNames))] string name
    ) => Check(Rig, name);

    [Test]
    public void The_longest_journal_is_read_and_not_held_in_memory() => CheckLongest(Rig);

    internal static void CheckLongest(Rig rig)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithSecondReverted(JournalMode.Delete));
        var memory = new MemoryPeak(site);
        var before = memory.Of(site, Status);
        Insert(site, Cases["entries"].Sql, Journaled - 10);

        var after = memory.Of(site, Status);

        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"{before / Mebibyte} MiB, then {after / Mebibyte} MiB"
        );
        TestContext.Out.WriteLine(report);
        Require.That(after - before < MayGrow, report);
    }

    internal static void Check(Rig rig, string name)
    {
        var (sql, rows, named, refused) = Cases[name];
        var times = rows == Journaled ? rig.Choose(Times) : 1;
        using var site = rig.NewSite();
        site.Place(Samples.WithSecondReverted(JournalMode.Delete));
        Insert(site, sql, (rows * times) + 1);
        var length = new FileInfo(site.Database).Length;

        foreach (var command in refused)
        {
            var result = site.Run(command).RequireExit(7);
            Require.That(
                result.Error.Contains(named, StringComparison.Ordinal),
                $"it is not named: {result}"
            );
        }

        Require.That(new FileInfo(site.Database).Length == length, "the file was changed");
        Require.Same(string.Join(' ', site.Files), "x.db", "the files");
    }

    private static void Insert(Site site, string sql, int rows) =>
        site.Execute(
            $"""
            PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;
            CREATE TEMP VIEW n AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < {rows}) SELECT i FROM r;
            {sql};
            """
        );
}
