using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;
using Nitejar.Migrations.Faults.Tests.Planted;

namespace Nitejar.Migrations.Faults.Tests.Faults.Rows;

/// <summary>
/// After `down` and `up` of unchanged migrations the database is what it was before the `down`, also where the
/// migrations insert and delete rows themselves.
/// </summary>
/// <remarks>The published program has no such migrations; the one with planted defects can be given some.</remarks>
public sealed class SeededRows : FaultTests
{
    private const string Languages = "20990106000000";

    /// <summary>What people do to the rows before the `down`.</summary>
    private static readonly Dictionary<string, string> Edits = new()
    {
        ["nothing"] = "",
        ["seeds are edited"] =
            "UPDATE role SET name = 'boss' WHERE id = 1; UPDATE language SET name = 'Hochdeutsch' WHERE code = 'de'",
        ["a seed is edited so that the Down misses it"] = "UPDATE team SET name = 'Ours'",
        ["seeds are deleted"] =
            "DELETE FROM account; DELETE FROM role WHERE id < 3; DELETE FROM language WHERE code = 'en'; DELETE FROM team",
        ["a table is emptied"] = "DELETE FROM language",
        ["rows are added"] =
            "INSERT INTO account (role) VALUES (NULL); INSERT INTO language VALUES ('fr', 'Français'); INSERT INTO team VALUES ('b', 'B')",
        ["rows refer to seeds"] =
            "INSERT INTO account (role) VALUES (2), (3), (NULL); INSERT INTO account VALUES (90, 1); DELETE FROM account WHERE id = 90",
        ["rows go with a seed"] =
            "INSERT INTO member VALUES ('ann', 'core'), ('bob', 'core'), ('cy', NULL)",
    };

    private static IEnumerable<string> EditNames => Edits.Keys;

    private Rig RigWithThem =>
        Rig.With(SharedPlantedProgram.Instance.With(defect: null, PlantedMigrations.Seeds));

    [Test]
    public void They_come_back(
        [ValueSource(nameof(EditNames))] string edit,
        [Values] JournalMode mode
    ) => Check(RigWithThem, edit, mode);

    [Test]
    public void They_come_back_a_migration_at_a_time(
        [ValueSource(nameof(EditNames))] string edit
    ) => CheckOneByOne(RigWithThem, edit);

    [Test]
    public void A_seed_that_something_refers_to_stays() => CheckNeeded(RigWithThem);

    [Test]
    public void Another_Up_keeps_its_own() => CheckChanged(RigWithThem);

    [Test]
    public void What_a_later_Down_has_not_archived_does_not_come_back() =>
        CheckSuperseded(RigWithThem);

    internal static void Check(Rig rig, string edit, JournalMode mode = JournalMode.Delete)
    {
        using var site = NewSite(rig, edit, mode);
        var before = RowsOf(site);

        site.Run("down", "-c", "x.db", "--to", Samples.Github, "--yes").RequireExit(0);
        site.Run("up", "-c", "x.db").RequireExit(0);
        RequireSame(site, before, "down and up");

        site.Run("redo", "-c", "x.db", "--steps", "5", "--yes").RequireExit(0);
        RequireSame(site, before, "redo");
    }

    /// <summary>Another row has a higher number, so that a seed that is referred to cannot have its old one.</summary>
    internal static void CheckNeeded(Rig rig)
    {
        using var site = NewSite(rig, "nothing", JournalMode.Delete);
        site.Execute(
            "DELETE FROM role WHERE name = 'spare'; INSERT INTO role (name) VALUES ('guest')"
        );

        site.Run("redo", "-c", "x.db", "--steps", "5", "--yes").RequireExit(0);

        DatabaseImage.RequireSound(site.Database);
        Require.Same(
            Read(site, "SELECT name FROM role WHERE id > 2 ORDER BY id"),
            "guest\nchosen",
            "the row that is referred to, and no other that was deleted"
        );
    }

    internal static void CheckOneByOne(Rig rig, string edit)
    {
        using var site = NewSite(rig, edit, JournalMode.Wal);
        var before = RowsOf(site);

        site.Run("down", "-c", "x.db", "--to", Samples.Github, "--yes").RequireExit(0);
        for (var i = 0; i < 5; i++)
        {
            site.Run("up", "-c", "x.db", "--steps", "1").RequireExit(0);
            RequireWaiting(site, edit == "rows refer to seeds" && i < 3);
        }

        RequireSame(site, before, "down and five times up");
    }

    /// <summary>Accounts of people refer to roles of a later migration: until then they are in the archive, and are listed.</summary>
    private static void RequireWaiting(Site site, bool isWaiting)
    {
        var list = site.Run("archive", "list", "-c", "x.db", "--json");
        list.RequireExit(0);
        Require.That(
            list.Output.Contains("\"state\": \"waiting\"", StringComparison.Ordinal) == isWaiting,
            $"rows that wait: {list}"
        );
    }

    /// <summary>The journal says that another Up was reverted than the one that is applied now.</summary>
    internal static void CheckChanged(Rig rig)
    {
        using var site = NewSite(rig, "seeds are edited", JournalMode.Delete);
        site.Execute("DELETE FROM language WHERE code = 'en'");
        site.Run("down", "-c", "x.db", "--yes").RequireExit(0);
        site.Execute(
            $"UPDATE VersionJournal SET Checksum = 'of another Up' WHERE Version = {Languages}"
        );

        site.Run("up", "-c", "x.db").RequireExit(0);

        Require.Same(
            Read(site, "SELECT code || ' ' || name FROM language ORDER BY code"),
            "de Hochdeutsch\nen English",
            "the rows of a migration that has changed"
        );
    }

    /// <summary>Another runner applies a migration that has something in the archive; it is reverted without archiving.</summary>
    internal static void CheckSuperseded(Rig rig)
    {
        using var site = NewSite(rig, "seeds are edited", JournalMode.Delete);
        site.Run("down", "-c", "x.db", "--yes").RequireExit(0);
        site.Execute(
            $"CREATE TABLE language (code TEXT PRIMARY KEY, name TEXT); INSERT INTO VersionInfo VALUES ({Languages}, '2026-01-01', '')"
        );
        site.Run("down", "-c", "x.db", "--yes", "--no-archive").RequireExit(0);

        site.Run("up", "-c", "x.db").RequireExit(0);

        Require.Same(
            Read(site, "SELECT code || ' ' || name FROM language ORDER BY code"),
            "de Deutsch\nen English",
            "the rows after a Down that archived nothing"
        );
    }

    private static Site NewSite(Rig rig, string edit, JournalMode mode)
    {
        var site = rig.NewSite();
        site.Place(Samples.WithBoth(mode));
        site.Run("up", "-c", "x.db").RequireExit(0);
        if (Edits[edit].Length > 0)
        {
            site.Execute(Edits[edit]);
        }

        return site;
    }

    private static void RequireSame(Site site, string before, string what)
    {
        Require.Same(RowsOf(site), before, $"the database after {what}");
        DatabaseImage.RequireSound(site.Database);
    }

    /// <summary>Everything but the journal, which grows; an archive must not hold anything back.</summary>
    private static string RowsOf(Site site) =>
        DatabaseImage.Of(site.Database, without: "VersionJournal");

    private static string Read(Site site, string sql)
    {
        using var connection = site.Open();
        return string.Join('\n', connection.Read(sql));
    }
}
