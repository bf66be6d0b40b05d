using Nitejar.Migrations.Faults.Tests.Harness;

namespace Nitejar.Migrations.Faults.Tests.Faults;

/// <summary>A history table that is not as FluentMigrator makes it is refused, with the place, and stays as it is.</summary>
public sealed class TamperedHistory : FaultTests
{
    private const string Remake = "DROP TABLE VersionInfo; CREATE TABLE VersionInfo ";
    private const string Plain = Remake + "(Version, AppliedOn DATETIME, Description TEXT);";

    private static readonly Dictionary<string, (string Sql, string Named)> Cases = new()
    {
        ["no AppliedOn"] = (Remake + "(Version INTEGER, Description TEXT);", "AppliedOn"),
        ["no Description"] = (Remake + "(Version INTEGER, AppliedOn DATETIME);", "Description"),
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

    private static IEnumerable<string> CaseNames => Cases.Keys;

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
}
