using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Rows;

/// <summary>ON DELETE takes effect for DELETE and is told; a DROP takes nothing along; what an UPDATE changes is told.</summary>
public sealed class ActionsOfKeys : FaultTests
{
    private const string Rebuild = """
        CREATE TABLE n AS SELECT * FROM agents;
        DELETE FROM agent_repo_capabilities WHERE agent_id = 'nobody';
        DROP TABLE agents;
        CREATE TABLE agents (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, sprite_id TEXT, config TEXT,
            status TEXT NOT NULL DEFAULT 'idle', created_at INTEGER, updated_at INTEGER);
        INSERT INTO agents SELECT * FROM n;
        DROP TABLE n;
        CREATE UNIQUE INDEX idx_agents_name ON agents (name);
        """;

    [Test]
    public void A_DELETE_takes_the_children_and_the_archive_has_them([Values] JournalMode mode) =>
        CheckDelete(Rig, mode);

    [Test]
    public void A_rebuild_takes_none() => CheckRebuild(Rig);

    [Test]
    public void An_UPDATE_of_a_Down_needs_consent() => CheckUpdate(Rig);

    internal static void CheckDelete(Rig rig, JournalMode mode)
    {
        using var site = NewSite(rig, "DELETE FROM integrations WHERE id = 'i1';", mode);
        site.Run("down", "-c", "x.db").RequireExit(6);
        site.Run("down", "-c", "x.db", "--yes").RequireExit(0);

        Require.That(Count(site, "github_repos") == 0, "repositories are left without a parent");
        Require.Same(
            Archived(site),
            "agent_repo_capabilities 3\ngithub_installations 2\ngithub_repos 3\nintegrations 1",
            "what the archive keeps"
        );
        DatabaseImage.RequireSound(site.Database);
    }

    internal static void CheckRebuild(Rig rig)
    {
        using var site = NewSite(rig, Rebuild, JournalMode.Delete);
        var before = Count(site, "agent_repo_capabilities");

        site.Run("down", "-c", "x.db", "--yes").RequireExit(0);

        Require.That(
            Count(site, "agent_repo_capabilities") == before,
            "a rebuild has taken the rows that refer to the table"
        );
    }

    internal static void CheckUpdate(Rig rig)
    {
        using var site = NewSite(rig, "UPDATE agents SET name = name || '!';", JournalMode.Delete);
        var before = DatabaseImage.Of(site.Database);

        var refused = site.Run("down", "-c", "x.db");

        refused.RequireExit(6);
        Require.That(
            refused.Error.Contains("agents.name (2 values changed)", StringComparison.Ordinal),
            $"what would be changed is not told: {refused}"
        );
        Require.Same(DatabaseImage.Of(site.Database), before, "the database");
    }

    private static Site NewSite(Rig rig, string down, JournalMode mode)
    {
        var site = rig.NewSite();
        site.Place(Samples.WithBoth(mode));
        using var connection = site.Open();
        Foreign.Apply(connection, down);
        return site;
    }

    private static int Count(Site site, string table)
    {
        using var connection = site.Open();
        return connection.Read($"SELECT 1 FROM {table}").Count;
    }

    private static string Archived(Site site)
    {
        using var connection = site.Open();
        return string.Join(
            '\n',
            connection.Read(
                "SELECT TableName || ' ' || Rows FROM VersionArchive ORDER BY TableName"
            )
        );
    }
}
