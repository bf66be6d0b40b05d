using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Races;

/// <summary>Others change the database between the review of a plan and its run, which executes that plan or nothing.</summary>
public sealed class StalePlans : FaultTests
{
    /// <summary>What happens in between, and how the run ends.</summary>
    private static readonly Dictionary<string, (Action<Site> Make, int Code)> Changes = new()
    {
        ["the migration is reverted"] = (
            site => site.Run("down", "-c", "x.db", "--yes", "--no-backup").RequireExit(0),
            0
        ),
        ["the SQL has changed"] = (
            site =>
                site.Execute(
                    $"UPDATE VersionJournal SET DownSql = DownSql || 'CREATE TABLE mine (a);' WHERE Version = {Samples.Github}"
                ),
            4
        ),
        ["a table has changed"] = (
            site => site.Execute("CREATE INDEX by_hand ON github_repos (full_name)"),
            4
        ),
        ["there are more rows"] = (
            site => site.Execute("INSERT INTO agent_repo_capabilities VALUES ('a2', 1, '[]')"),
            6
        ),
    };

    private static IEnumerable<string> ChangeNames => Changes.Keys;

    [Test]
    public void Nothing_else_is_done(
        [ValueSource(nameof(ChangeNames))] string change,
        [Values] JournalMode mode
    ) => Check(Rig, change, mode);

    internal static void Check(Rig rig, string change, JournalMode mode)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(mode));
        site.Run("down", "-c", "x.db", "--dry-run", "--out", "plan.json").RequireExit(0);
        Changes[change].Make(site);
        var before = DatabaseImage.Of(site.Database);

        var result = site.Run("down", "-c", "x.db", "--plan", "plan.json");

        Require.Same(DatabaseImage.Of(site.Database), before, $"the database after {result}");
        result.RequireExit(Changes[change].Code);
        site.RequireLockFree();
    }
}
