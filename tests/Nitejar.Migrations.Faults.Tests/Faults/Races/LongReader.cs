using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Races;

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

    [Test]
    public void A_backup_has_what_was_committed_beside_a_reader() => CheckBackup(Rig);

    /// <summary>The reader keeps the log from being written back, so that the newest rows are in the log alone.</summary>
    internal static void CheckBackup(Rig rig)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithCore(JournalMode.Wal));
        using var reader = site.Open();
        reader.Run("BEGIN");
        reader.Read("SELECT count(*) FROM agents");
        var file = File.ReadAllBytes(site.Database);
        site.Run("up", "-c", "x.db").RequireExit(0);
        site.Execute(
            "INSERT INTO agents (id, name, created_at, updated_at) VALUES ('late', 'x', 1, 1)"
        );
        Require.That(
            File.ReadAllBytes(site.Database).AsSpan().SequenceEqual(file),
            "the log was written back, so that this shows nothing"
        );

        site.Run("backup", "-c", "x.db", "--to", "out.db", "--lock-timeout", "1s").RequireExit(0);

        Require.Same(
            DatabaseImage.Of(site["out.db"]),
            DatabaseImage.Of(site.Database),
            "the backup"
        );
        DatabaseImage.RequireSound(site["out.db"]);
    }

    private static void RunThere(Site site)
    {
        site.Run("up", "-c", "x.db", "--lock-timeout", "1s").RequireExit(0);
        site.Run("down", "-c", "x.db", "--yes", "--lock-timeout", "1s").RequireExit(0);
        site.Run("up", "-c", "x.db", "--lock-timeout", "1s").RequireExit(0);
        site.Run("status", "-c", "x.db", "--check").RequireExit(0);
    }
}
