using Nitejar.Migrations.Faults.Tests.Harness;

namespace Nitejar.Migrations.Faults.Tests.Faults;

/// <summary>A reader that never ends its transaction does not hold up a run on a database in WAL mode.</summary>
public sealed class LongReader : FaultTests
{
    [Test]
    public void Runs_succeed_and_the_reader_sees_what_it_saw() => Check(Rig);

    internal static void Check(Rig rig)
    {
        using var alone = rig.NewSite();
        using var site = rig.NewSite();
        alone.Place(Samples.WithCore(JournalMode.Wal));
        site.Place(Samples.WithCore(JournalMode.Wal));
        using (var reader = site.Open())
        {
            const string question = "SELECT count(*) FROM sqlite_master";
            reader.Run("BEGIN");
            var seen = reader.Read(question);
            RunThere(alone);
            RunThere(site);
            var blocked = site.Run("down", "-c", "x.db", "--lock-timeout", "1s").RequireExit(0);
            Require.That(
                blocked.Error.Contains("A reader keeps", StringComparison.Ordinal),
                $"nothing is said of the reader who keeps the log: {blocked}"
            );
            site.Run("up", "-c", "x.db").RequireExit(0);
            alone.Run("down", "-c", "x.db").RequireExit(0);
            alone.Run("up", "-c", "x.db").RequireExit(0);
            Require.That(seen.SequenceEqual(reader.Read(question)), "the reader sees the change");
        }

        Require.Same(
            DatabaseImage.Of(site.Database),
            DatabaseImage.Of(alone.Database),
            "the database that had a reader"
        );
        DatabaseImage.RequireSound(site.Database);
    }

    private static void RunThere(Site site)
    {
        site.Run("up", "-c", "x.db", "--lock-timeout", "1s").RequireExit(0);
        site.Run("down", "-c", "x.db", "--yes", "--lock-timeout", "1s").RequireExit(0);
        site.Run("up", "-c", "x.db", "--lock-timeout", "1s").RequireExit(0);
        site.Run("status", "-c", "x.db", "--check").RequireExit(0);
    }
}
