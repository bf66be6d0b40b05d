using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Servers;

namespace Nitejar.Migrations.Faults.Tests.Faults.Servers;

/// <summary>Of several schemas one fails: the others are migrated, and a second call takes none of them further.</summary>
public sealed class ManySchemas : FaultTests
{
    [Test]
    public void One_that_fails_changes_nothing_for_the_others() => Check(Rig);

    internal static void Check(Rig rig)
    {
        using var place = new ServerPlace(rig);
        place.Execute(
            "CREATE SCHEMA tenant_a; CREATE SCHEMA tenant_b; CREATE TABLE tenant_a.agents (id integer)"
        );

        Run("up").RequireExit(8);

        Require.Same(Tables("tenant_b"), "agents github_repos", "the other schema");
        place.Execute(
            """
            DROP TABLE tenant_a.agents;
            INSERT INTO tenant_b.integrations (id, type, name) VALUES ('i', 't', 'n');
            INSERT INTO tenant_b.github_installations (installation_id, integration_id) VALUES (1, 'i')
            """
        );
        Run("up").RequireExit(0);
        Run("down").RequireExit(8);
        var again = Run("down", "--yes");
        Require.Same(Tables("tenant_a"), "agents", "the schema that was reverted");
        again.RequireExit(6);

        CommandResult Run(params string[] call) =>
            place.Site.Run([.. call, "-c", place.Connection, "--target-schemas", "tenant_*"]);

        string Tables(string schema) =>
            string.Join(
                ' ',
                place.Read(
                    $"SELECT tablename FROM pg_tables WHERE schemaname = '{schema}' AND tablename IN ('agents', 'github_repos') ORDER BY 1"
                )
            );
    }
}
