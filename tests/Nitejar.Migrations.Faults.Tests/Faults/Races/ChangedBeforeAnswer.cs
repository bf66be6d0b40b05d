using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Races;

/// <summary>Others change the database between a question and its answer, which allows what was shown and nothing else.</summary>
public sealed class ChangedBeforeAnswer : FaultTests
{
    private const string Question = "Continue? [y/N]";

    private static readonly Dictionary<string, Action<Site>> Changes = new()
    {
        ["the migration is reverted"] = site =>
            site.Run("down", "-c", "x.db", "--yes", "--no-backup").RequireExit(0),
        ["the SQL has changed"] = site =>
            site.Execute(
                $"UPDATE VersionJournal SET DownSql = DownSql || 'CREATE TABLE mine (a);' WHERE Version = {Samples.Github}"
            ),
        ["there are more rows"] = site =>
            site.Execute("INSERT INTO agent_repo_capabilities VALUES ('a2', 1, '[]')"),
    };

    private static IEnumerable<string> ChangeNames => Changes.Keys;

    [Test]
    public void It_is_asked_again(
        [ValueSource(nameof(ChangeNames))] string change,
        [Values] JournalMode mode
    ) => Check(Rig, change, mode);

    /// <summary>Two answers of yes are typed at once, and no when it is asked again: nothing may be done.</summary>
    internal static void Check(Rig rig, string change, JournalMode mode)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(mode));
        using var down = site.StartOnTerminal("down", "-c", "x.db");
        down.WaitForOutput(Question).GetAwaiter().GetResult();
        Changes[change](site);
        var before = DatabaseImage.Of(site.Database);

        down.Type("y\ny\n");
        if (down.SaysOnOutput(Question).GetAwaiter().GetResult())
        {
            down.Type("n\n");
        }

        var result = down.WaitForEnd();
        Require.Same(DatabaseImage.Of(site.Database), before, $"the database after {result}");
        result.RequireExit(6);
        Require.That(
            result.Output.Contains("The database has changed since the question."),
            $"does not say why it asks again: {result}"
        );
        site.RequireLockFree();
        Leftovers.RequireNone(site);
    }
}
