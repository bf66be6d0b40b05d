using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Rows;

/// <summary>References broken or rows lost by a migration that did not mean it: refused before the commit.</summary>
public sealed class LostRows : FaultTests
{
    private const string Trigger = """
        CREATE TRIGGER careless AFTER UPDATE ON agents BEGIN DELETE FROM agent_repo_capabilities; END;
        """;

    private static readonly Dictionary<string, (string Setup, string Down)> Cases = new()
    {
        ["a parent is deleted beside a DROP"] = (
            "",
            "DELETE FROM github_installations WHERE id = 2; DROP TABLE IF EXISTS not_there;"
        ),
        ["a parent is dropped"] = ("", "DROP TABLE integrations;"),
        ["a parent is renumbered"] = ("", "UPDATE github_installations SET id = id + 10;"),
        ["a child is made without its parent"] = (
            "",
            "INSERT INTO agent_repo_capabilities VALUES ('nobody', 1, '[]');"
        ),
        ["a reference dangled before and one more does now"] = (
            "UPDATE github_repos SET installation_id = 99 WHERE id = 1;",
            "UPDATE github_repos SET installation_id = 98 WHERE id = 2;"
        ),
        ["a trigger deletes"] = (Trigger, "UPDATE agents SET status = 'new';"),
        ["a parent is rebuilt and loses a row"] = (
            "",
            "CREATE TABLE n AS SELECT * FROM agents WHERE id = 'a1'; DROP TABLE agents; ALTER TABLE n RENAME TO agents;"
        ),
    };

    private static IEnumerable<string> CaseNames => Cases.Keys;

    [Test]
    public void It_is_refused(
        [ValueSource(nameof(CaseNames))] string name,
        [Values] JournalMode mode
    ) => Check(Rig, name, mode);

    [Test]
    public void What_cannot_be_put_back_stays_in_the_archive() => CheckArchive(Rig);

    /// <summary>The parent of some rows goes while they are in the archive.</summary>
    internal static void CheckArchive(Rig rig)
    {
        string[] tables = ["github_installations", "github_repos", "agent_repo_capabilities"];
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(JournalMode.Delete));
        var before = Array.ConvertAll(tables, table => Count(site, table));
        site.Run("down", "-c", "x.db", "--to", Samples.Core, "--yes").RequireExit(0);
        site.Execute("DELETE FROM agents WHERE id = 'a1'");
        site.Run("up", "-c", "x.db").RequireExit(0);

        foreach (var (table, rows) in tables.Zip(before))
        {
            var archived = ArchivesOf(site, table).Sum(archive => Count(site, archive));
            Require.That(
                Count(site, table) + archived == rows,
                $"rows of {table} are neither in the table nor in the archive"
            );
        }

        DatabaseImage.RequireSound(site.Database);
    }

    private static IEnumerable<string> ArchivesOf(Site site, string table)
    {
        using var connection = site.Open();
        return
            connection.Read("SELECT 1 FROM sqlite_master WHERE name = 'VersionArchive'").Count == 0
            ? []
            : connection.Read(
                $"SELECT 'VersionArchive_' || Id FROM VersionArchive WHERE TableName = '{table}'"
            );
    }

    private static int Count(Site site, string table)
    {
        using var connection = site.Open();
        return connection.Read($"SELECT 1 FROM {table}").Count;
    }

    internal static void Check(Rig rig, string name, JournalMode mode)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(mode));
        using (var connection = site.Open())
        {
            if (Cases[name].Setup.Length > 0)
            {
                connection.Run(Cases[name].Setup);
            }

            Foreign.Apply(connection, Cases[name].Down);
        }

        var before = DatabaseImage.Of(site.Database);
        var result = site.Run("down", "-c", "x.db", "--yes");

        Require.Same(DatabaseImage.Of(site.Database), before, $"the database after {result}");
        result.RequireExit(1);
        site.RequireLockFree();
    }
}
