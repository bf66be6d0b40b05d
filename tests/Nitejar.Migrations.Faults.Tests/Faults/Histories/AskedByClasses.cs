using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;
using Nitejar.Migrations.Faults.Tests.Planted;

namespace Nitejar.Migrations.Faults.Tests.Faults.Histories;

/// <summary>What a class asks for by an attribute is done: tags choose it, and a breaking change waits to be allowed.</summary>
public sealed class AskedByClasses : FaultTests
{
    private const string Plugins = "plugin_instances";
    private const string Kept = "kept_from_breaking";

    private static Rig WithClasses(Rig rig) =>
        rig.With(SharedPlantedProgram.Instance.With(defect: null, PlantedMigrations.Asking));

    [Test]
    public void A_tag_chooses_what_is_pending() => CheckTag(Rig);

    [Test]
    public void What_is_applied_is_reverted_without_its_tag() => CheckRevert(Rig);

    [Test]
    public void A_breaking_change_waits_to_be_allowed() => CheckBreaking(WithClasses(Rig));

    [Test]
    public void Rows_of_anonymous_types_have_their_columns() => CheckRows(WithClasses(Rig));

    internal static void CheckTag(Rig rig)
    {
        using var site = rig.NewSite();
        site.Run("up", "-c", "x.db").RequireExit(0);
        Require.That(!Has(site, Plugins), "a migration was applied without its tag");
        site.Run("status", "-c", "x.db", "--check").RequireExit(0);

        site.Run("up", "-c", "x.db", "--tags", "plugin-instances").RequireExit(0);
        Require.That(Has(site, Plugins), "a migration was not applied with its tag");
    }

    internal static void CheckRevert(Rig rig)
    {
        using var site = rig.NewSite();
        site.Run("up", "-c", "x.db", "--tags", "plugin-instances").RequireExit(0);

        site.Run("down", "-c", "x.db", "--yes").RequireExit(0);

        Require.That(!Has(site, Plugins), "down has skipped what its tags do not choose");
    }

    internal static void CheckBreaking(Rig rig)
    {
        using var site = rig.NewSite();
        site.Run("up", "-c", "x.db").RequireExit(6);
        Require.That(!Has(site, Kept), "a breaking change was applied that was not allowed");

        site.Run("up", "-c", "x.db", "--allow-breaking").RequireExit(0);
        Require.That(Has(site, Kept), "a breaking change was not applied");
    }

    /// <summary>A Down whose row has no columns would otherwise be stored as SQL that no one can execute.</summary>
    internal static void CheckRows(Rig rig)
    {
        using var site = rig.NewSite();
        var up = site.Run("up", "-c", "x.db", "--allow-breaking");
        up.RequireExit(0);
        using (var connection = site.Open())
        {
            Require.Same(
                string.Join('\n', connection.Read($"SELECT name FROM {Kept} ORDER BY id")),
                "Ada\nBob",
                "the rows"
            );
        }

        Require.That(
            up.Error.Contains("has no columns", StringComparison.Ordinal),
            $"nothing was said of a Down that cannot work: {up.Error}"
        );
        site.Run("down", "-c", "x.db", "--yes").RequireExit(6);
    }

    private static bool Has(Site site, string table)
    {
        if (!File.Exists(site.Database))
        {
            return false;
        }

        using var connection = site.Open();
        return connection
                .Read($"SELECT name FROM sqlite_master WHERE name = {Sql.Text(table)}")
                .Count > 0;
    }
}
