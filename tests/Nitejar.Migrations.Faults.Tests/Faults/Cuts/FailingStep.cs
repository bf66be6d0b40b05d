using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Faults.Tests.Faults.Cuts;

/// <summary>A step of several fails, in Up, in Down, or in the check at the end: nothing changed, nothing recorded.</summary>
public sealed class FailingStep : FaultTests
{
    private const int Steps = 6;

    /// <summary>Each does something first, and then fails where it is easily overlooked.</summary>
    private static readonly Dictionary<string, string> Failures = new()
    {
        ["syntax"] = "UPDATE agents SET name = name || '!'; CREATE TABLE (;",
        ["behind rows"] =
            "UPDATE agents SET name = name || '!'; SELECT * FROM agents; INSERT INTO agents SELECT * FROM agents;",
        ["no such table"] = "CREATE TABLE half (a); SELECT 1; DROP TABLE nowhere;",
        ["a division in a check"] =
            "UPDATE agents SET name = name || '!'; CREATE TABLE c (a CHECK (a > 1)); SELECT 1; INSERT INTO c VALUES (0);",
        ["a broken reference"] =
            "UPDATE agents SET name = name || '!'; UPDATE github_repos SET installation_id = 99 WHERE id = 1;",
    };

    private static IEnumerable<int> EachStep => Enumerable.Range(1, Steps);

    private static IEnumerable<string> FailureNames => Failures.Keys;

    [Test]
    public void In_a_Down(
        [ValueSource(nameof(FailureNames))] string failure,
        [Values] JournalMode mode
    )
    {
        foreach (var step in EachStep)
        {
            CheckDown(Rig, step, Failures[failure], mode);
        }
    }

    [Test]
    public void In_an_Up(
        [ValueSource(nameof(FailureNames))] string failure,
        [Values] JournalMode mode
    )
    {
        foreach (var step in EachStep)
        {
            CheckUp(Rig, step, Failures[failure], mode);
        }
    }

    [Test]
    public void In_an_Up_that_meets_a_table_of_somebody_else([Values] JournalMode mode) =>
        CheckCollision(Rig, mode);

    internal static void CheckDown(Rig rig, int failing, string failure, JournalMode mode)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(mode));
        using (var connection = site.Open())
        {
            // Reverse order is the order of the Downs.
            for (var step = Steps; step >= 1; step--)
            {
                var sql =
                    step == failing
                        ? failure
                        : $"CREATE TABLE t{step} (a); UPDATE agents SET status = 'x{step}';";
                Foreign.Apply(connection, sql, Foreign.Version + Steps - step);
            }
        }

        var before = DatabaseImage.Of(site.Database);
        var result = site.Run("down", "-c", "x.db", "--steps", $"{Steps}", "--yes");

        Require.Same(DatabaseImage.Of(site.Database), before, $"the database after {result}");
        result.RequireExit(1);
        site.RequireLockFree();
        Leftovers.RequireNone(site);
    }

    internal static void CheckDown(Rig rig, string failure) =>
        CheckDown(rig, 2, Failures[failure], JournalMode.Delete);

    /// <summary>The second of two migrations fails after the first one did its work.</summary>
    internal static void CheckCollision(Rig rig, JournalMode mode)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithCore(mode));
        site.Execute(
            "CREATE TABLE agent_repo_capabilities (a); INSERT INTO agent_repo_capabilities VALUES (1);"
        );
        var before = DatabaseImage.Of(site.Database);

        var result = site.Run("up", "-c", "x.db");

        Require.Same(DatabaseImage.Of(site.Database), before, $"the database after {result}");
        result.RequireExit(6);
        Leftovers.RequireNone(site);
    }

    private static void CheckUp(Rig rig, int failing, string failure, JournalMode mode)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(mode));
        var before = DatabaseImage.Of(site.Database);
        var known = EachStep.Select(step =>
            MigrationsOf.Sql(
                Foreign.Version + step,
                $"Step{step}",
                step == failing
                    ? failure
                    : $"CREATE TABLE t{step} (a); UPDATE agents SET status = 'x{step}';"
            )
        );

        var result = RunnerOf(site, [.. known])
            .Run(
                new UpRequest(),
                new RunSettings(TimeSpan.FromSeconds(1)),
                new NobodyListens(),
                CancellationToken.None
            );

        Require.Same(
            DatabaseImage.Of(site.Database),
            before,
            $"the database after {result.Failure}"
        );
        Require.That(
            result.Failure is MigrationFailedException,
            $"not a failed migration but {result.Failure}"
        );
        site.RequireLockFree();
        Leftovers.RequireNone(site);
    }

    private static MigrationRunner RunnerOf(Site site, KnownMigration[] known) =>
        new(
            new SqliteDatabase(site.Database),
            new MigrationCatalog(known),
            () => RunOrigin.Current("1")
        );

    private sealed class NobodyListens : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) { }

        public void StepStarting(MigrationId migration, Direction direction, string sql) { }
    }
}
