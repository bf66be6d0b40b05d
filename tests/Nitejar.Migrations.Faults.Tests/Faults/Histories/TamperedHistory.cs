using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;

namespace Nitejar.Migrations.Faults.Tests.Faults.Histories;

/// <summary>A history table that is not as FluentMigrator makes it is refused, with the place, and stays as it is.</summary>
public sealed class TamperedHistory : FaultTests
{
    private const string Remake = "DROP TABLE VersionInfo; CREATE TABLE VersionInfo ";
    private const string Plain = Remake + "(Version, AppliedOn DATETIME, Description TEXT);";

    private static readonly Dictionary<string, (string Sql, string Named)> Cases = new()
    {
        ["no Version"] = (Remake + "(AppliedOn DATETIME, Description TEXT);", "Version"),
        ["a view"] = (
            "DROP TABLE VersionInfo; CREATE VIEW VersionInfo AS SELECT 1 AS Version, 2 AS AppliedOn, 3 AS Description;",
            "view"
        ),
        ["a text"] = (Plain + "INSERT INTO VersionInfo VALUES ('first', NULL, NULL);", "row 1"),
        ["a number as text"] = (
            Plain
                + $"INSERT INTO VersionInfo VALUES (1, NULL, NULL), ('{Samples.Core}', NULL, NULL);",
            "row 2"
        ),
        ["a fraction"] = (Plain + "INSERT INTO VersionInfo VALUES (1.5, NULL, NULL);", "row 1"),
        ["bytes"] = (Plain + "INSERT INTO VersionInfo VALUES (x'0102', NULL, NULL);", "row 1"),
        ["NULL"] = (
            Plain
                + $"INSERT INTO VersionInfo VALUES ({Samples.Core}, NULL, NULL), (NULL, NULL, NULL);",
            "row 2"
        ),
        ["a version twice"] = (
            "DROP INDEX UC_Version; INSERT INTO VersionInfo SELECT * FROM VersionInfo;",
            $"{Samples.Core} twice"
        ),
    };

    /// <summary>What a later release may write, and this one must not take for <c>applied</c>.</summary>
    internal static readonly (string Sql, int ExitCode) NewerOutcome = (
        "UPDATE VersionJournal SET Outcome = 'superseded'",
        6
    );

    /// <summary>What the journal says decides less: what it cannot mean is ignored, or refused where it is needed.</summary>
    private static readonly (string Sql, int ExitCode)[] Journals =
    [
        ("UPDATE VersionJournal SET DurationMs = 1e300", 0),
        ("UPDATE VersionJournal SET DurationMs = 'long'", 0),
        ("UPDATE VersionJournal SET StartedAt = 'then'", 0),
        ("UPDATE VersionJournal SET Outcome = 7", 6),
        NewerOutcome,
        ("UPDATE VersionJournal SET Reversal = x'00'", 6),
        ("UPDATE VersionJournal SET Direction = ''", 6),
        ("UPDATE VersionJournal SET Version = 'first'", 6),
        ("UPDATE VersionJournal SET Version = x'0102'", 6),
    ];

    private static IEnumerable<string> CaseNames => Cases.Keys;

    [Test]
    public void A_journal_that_makes_no_sense_does_no_harm([Range(0, 8)] int number) =>
        CheckJournal(Rig, Journals[number]);

    [Test]
    public void It_is_refused_and_the_place_named(
        [ValueSource(nameof(CaseNames))] string name,
        [Values] JournalMode mode
    ) => Check(Rig, name, mode);

    internal static void Check(Rig rig, string name, JournalMode mode)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(mode));
        site.Execute(Cases[name].Sql);
        var before = File.ReadAllBytes(site.Database);

        foreach (
            var command in (string[][])
                [
                    ["up"],
                    ["down", "--yes"],
                    ["status"],
                    ["redo", "--yes"],
                ]
        )
        {
            var result = site.Run([.. command, "-c", "x.db"]).RequireExit(6);
            Require.That(
                result.Error.Contains(Cases[name].Named, StringComparison.Ordinal),
                $"the place is not named: {result}"
            );
        }

        Require.That(
            before.SequenceEqual(File.ReadAllBytes(site.Database)),
            "the file was changed"
        );
    }

    internal static void CheckJournal(Rig rig, (string Sql, int ExitCode) journal)
    {
        var (sql, exitCode) = journal;
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(JournalMode.Delete));
        site.Execute(sql);
        var before = File.ReadAllBytes(site.Database);

        var status = site.Run("status", "-c", "x.db").RequireExit(exitCode);
        site.Run("history", "-c", "x.db").RequireExit(exitCode);
        site.Run("up", "-c", "x.db").RequireExit(0);

        Require.That(
            exitCode == 0 || status.Error.Contains("row 1", StringComparison.Ordinal),
            $"the row is not named: {status}"
        );
        Require.That(
            before.SequenceEqual(File.ReadAllBytes(site.Database)),
            "the file was changed"
        );
    }
}
