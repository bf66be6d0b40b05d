using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Servers;

namespace Nitejar.Migrations.Faults.Tests.Faults.Servers;

/// <summary>Rows that a policy hides from a role do not show to it in the archive, though default privileges would let it read there.</summary>
public sealed class ArchivedRights : FaultTests
{
    private const string Reader = "pg_monitor";

    [Test]
    public void Are_the_owners_alone() => Check(Rig);

    internal static void Check(Rig rig)
    {
        using var place = new ServerPlace(rig);
        place.Site.Run("up", "-c", place.Connection).RequireExit(0);
        place.Execute(
            $"""
            INSERT INTO integrations (id, type, name, config, scope, enabled, created_at, updated_at)
                VALUES ('hidden', 'github', 'hidden', '', 'global', 1, 0, 0);
            ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC, {Reader}
            """
        );

        place.Site.Run("down", "-c", place.Connection, "--all", "--yes").RequireExit(0);

        var archives = place.Read(
            "SELECT relname::text FROM pg_class WHERE relname ~ '^VersionArchive_[0-9]+$'"
        );
        Require.That(archives.Length > 0, "nothing was archived");
        foreach (var archive in archives)
        {
            Require.Same(
                string.Join(
                    ' ',
                    place.Read(
                        $"""SELECT has_table_privilege('{Reader}', '"{archive}"', 'SELECT')"""
                    )
                ),
                "False",
                $"whether another role reads {archive}"
            );
        }
    }
}
