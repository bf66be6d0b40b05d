using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Races;

/// <summary>Eight runs that start in the same instant: each migration is applied once, and nobody fails.</summary>
public sealed class ManyRunners : FaultTests
{
    private const int Runners = 8;
    private static readonly SampleSize Starts = new(4, 25, 500);

    [Test]
    public void On_no_file() => CheckStarts(Rig, null);

    [Test]
    public void On_a_database_with_rows([Values] JournalMode mode) =>
        CheckStarts(Rig, Samples.WithCore(mode));

    [Test]
    public void When_all_of_them_have_waited_for_the_same_lock() => CheckQueue(Rig);

    internal static void CheckStarts(Rig rig, byte[]? sample)
    {
        for (var start = 0; start < rig.Choose(Starts); start++)
        {
            using var site = rig.NewSite();
            site.Place(sample);
            var results = StartTogether(site);
            RequireOnce(site, results);
        }
    }

    /// <summary>All have looked at the history before the first of them may change it.</summary>
    internal static void CheckQueue(Rig rig)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithCore(JournalMode.Delete));
        RunningCommand[] running;
        using (var holder = site.Open())
        {
            holder.Run("BEGIN IMMEDIATE");
            running = [.. Enumerable.Range(0, Runners).Select(_ => site.Start("up", "-c", "x.db"))];
            Task.WaitAll(running.Select(run => run.WaitForErrorLine("waiting for the lock")));
        }

        RequireOnce(site, EndsOf(running));
    }

    /// <summary>Each runner says that it is there and blocks in opening a pipe that has no writer, until the test opens it.</summary>
    private static CommandResult[] StartTogether(Site site)
    {
        var gate = site.Outside("gate");
        new Command(Programs.Require("mkfifo"), "/", gate).Run();
        const string script = "echo at the gate >&2; : < \"$0\"; exec \"$@\"";
        string[] wrapper = [Programs.Require("sh"), "-c", script, gate];
        var running = Enumerable
            .Range(0, Runners)
            .Select(_ => site.Command(wrapper, ["up", "-c", "x.db"]).Start())
            .ToArray();

        Task.WaitAll(running.Select(run => run.WaitForErrorLine("at the gate")));
        using (new FileStream(gate, FileMode.Open, FileAccess.Write))
        {
            return EndsOf(running);
        }
    }

    private static CommandResult[] EndsOf(RunningCommand[] running)
    {
        try
        {
            return Task.WhenAll(running.Select(run => run.WaitForEndAsync()))
                .GetAwaiter()
                .GetResult();
        }
        finally
        {
            Array.ForEach(running, run => run.Dispose());
        }
    }

    private static void RequireOnce(Site site, CommandResult[] results)
    {
        Array.ForEach(results, result => result.RequireExit(0, 5));
        Require.That(
            results.Count(result => result.ReportsSuccess()) == 1,
            $"not one runner reports that it applied something:\n{string.Join('\n', results.Select(r => r.ToString()))}"
        );
        using (var connection = site.Open())
        {
            foreach (var table in (string[])["VersionInfo", "VersionJournal"])
            {
                Require.Same(
                    string.Join(
                        ' ',
                        connection.Read($"SELECT Version FROM {table} ORDER BY Version")
                    ),
                    $"{Samples.Core} {Samples.Github}",
                    table
                );
            }
        }

        DatabaseImage.RequireSound(site.Database);
        Leftovers.RequireNone(site);
    }
}
