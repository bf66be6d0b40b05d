using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Disks;

/// <summary>A disk of one megabyte that is really full.</summary>
public sealed class DiskFull : FaultTests
{
    /// <summary>Every page is rewritten: twice as much is needed as there is.</summary>
    private const string RewriteEverything = "UPDATE agents SET config = upper(config);";

    private static readonly string Filler = new('x', 1000);

    [Test]
    public void A_run_that_needs_more_changes_nothing([Values] JournalMode mode) =>
        CheckRun(Rig, mode);

    [Test]
    public void A_new_database_that_does_not_fit_is_not_there() => CheckNew(Rig);

    internal static void CheckRun(Rig rig, JournalMode mode)
    {
        using var disk = new SmallDisk(rig);
        disk.Site.Place(Samples.WithCore(mode));
        using (var connection = disk.Site.Open())
        {
            connection.Run(
                $"""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
                INSERT INTO agents (id, name, config) SELECT 'b' || i, 'name ' || i, '{Filler}' FROM n;
                """
            );
            Foreign.Apply(connection, RewriteEverything);
        }

        var before = DatabaseImage.Of(disk.Site.Database);
        // Once there is no room for the backup before the run, and once none for the run itself.
        foreach (
            var option in (string[][])
                [
                    [],
                    ["--no-backup"],
                ]
        )
        {
            var result = disk.Site.Run(["down", "-c", "x.db", "--yes", .. option]);

            Require.Same(
                DatabaseImage.Of(disk.Site.Database),
                before,
                "the database on the full disk"
            );
            result.RequireExit(7);
            RequireOriginalError(result);
            DatabaseImage.RequireSound(disk.Site.Database);
            Leftovers.RequireNone(disk.Site);
        }
    }

    internal static void CheckNew(Rig rig)
    {
        using var disk = new SmallDisk(rig);
        disk.FillUpTo(free: 20_000);

        var result = disk.Site.Run("up", "-c", "x.db").RequireExit(7);

        RequireOriginalError(result);
        Require.Same(string.Join(' ', disk.Site.Files), "filler", "the files on the full disk");
    }

    private static void RequireOriginalError(CommandResult result) =>
        Require.That(
            result.Error.Contains("There is no room left", StringComparison.Ordinal)
                || result.Error.Contains("the disk was full", StringComparison.Ordinal),
            $"the error does not say that the disk is full: {result}"
        );
}
