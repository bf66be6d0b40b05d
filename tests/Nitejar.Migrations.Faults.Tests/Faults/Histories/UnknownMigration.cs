using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Histories;

/// <summary>A newer binary has been here: an older one still starts, and reverts what it can and nothing else.</summary>
public sealed class UnknownMigration : FaultTests
{
    private const string Revert = "DROP TABLE topics;";

    [Test]
    public void Up_with_nothing_pending_succeeds_with_a_warning() => CheckNothingPending(Rig);

    [Test]
    public void Up_below_it_is_refused_unless_it_is_allowed() => CheckPendingBelow(Rig);

    [Test]
    public void Down_reverts_it_first() => CheckDown(Rig);

    [TestCase("applied", "code")]
    [TestCase("applied", "none")]
    [TestCase("adopted", "sql")]
    [TestCase(null, null)]
    public void Down_is_refused_where_it_cannot_be_reverted(string? outcome, string? reversal) =>
        CheckIrreversible(Rig, outcome, reversal);

    internal static void CheckNothingPending(Rig rig)
    {
        using var site = NewSite(rig, Samples.WithBoth(JournalMode.Delete));
        var before = File.ReadAllBytes(site.Database);

        var result = site.Run("up", "-c", "x.db").RequireExit(0);

        Require.That(
            result.Error.Contains("warning: ", StringComparison.Ordinal)
                && result.Error.Contains($"{Foreign.Version}", StringComparison.Ordinal),
            $"no warning that names it: {result}"
        );
        Require.That(
            before.SequenceEqual(File.ReadAllBytes(site.Database)),
            "the file was changed"
        );
    }

    internal static void CheckPendingBelow(Rig rig)
    {
        using var site = NewSite(rig, Samples.WithCore(JournalMode.Delete));
        var before = File.ReadAllBytes(site.Database);

        site.Run("up", "-c", "x.db").RequireExit(6);

        Require.That(
            before.SequenceEqual(File.ReadAllBytes(site.Database)),
            "the file was changed"
        );
        site.Run("up", "-c", "x.db", "--allow-out-of-order").RequireExit(0);
        RequireVersions(site, $"{Samples.Core} {Foreign.Version} {Samples.Github}");

        // Reverse order is the order in which they were applied.
        site.Run("down", "-c", "x.db").RequireExit(0);
        RequireVersions(site, $"{Samples.Core} {Foreign.Version}");
    }

    internal static void CheckDown(Rig rig)
    {
        using var site = NewSite(rig, Samples.WithBoth(JournalMode.Delete));

        site.Run("down", "-c", "x.db").RequireExit(0);

        RequireVersions(site, $"{Samples.Core} {Samples.Github}");
        using var connection = site.Open();
        Require.That(
            connection.Read("SELECT name FROM sqlite_master WHERE name = 'topics'").Count == 0,
            "its table is still there"
        );
    }

    private static void CheckIrreversible(Rig rig, string? outcome, string? reversal)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(JournalMode.Delete));
        using (var connection = site.Open())
        {
            Foreign.RecordVersion(connection);
            if (outcome is not null)
            {
                Foreign.Journal(connection, Foreign.Version, (outcome, reversal!), Revert);
            }
        }

        var before = File.ReadAllBytes(site.Database);
        foreach (
            var command in (string[][])
                [
                    ["down"],
                    ["down", "--all"],
                    ["redo"],
                ]
        )
        {
            site.Run([.. command, "-c", "x.db", "--yes"]).RequireExit(6);
        }

        Require.That(
            before.SequenceEqual(File.ReadAllBytes(site.Database)),
            "the file was changed"
        );
    }

    private static Site NewSite(Rig rig, byte[] sample)
    {
        var site = rig.NewSite();
        site.Place(sample);
        using var connection = site.Open();
        connection.Run("CREATE TABLE topics (name TEXT)");
        Foreign.Apply(connection, Revert);
        return site;
    }

    private static void RequireVersions(Site site, string expected)
    {
        using var connection = site.Open();
        Require.Same(
            string.Join(' ', connection.Read("SELECT Version FROM VersionInfo ORDER BY rowid")),
            expected,
            "VersionInfo"
        );
    }
}
