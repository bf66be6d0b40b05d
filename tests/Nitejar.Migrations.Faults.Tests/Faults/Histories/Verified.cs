using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;
using Nitejar.Migrations.Faults.Tests.Planted;

namespace Nitejar.Migrations.Faults.Tests.Faults.Histories;

/// <summary>`verify` finds each wrong Down, touches no database, and leaves nothing behind when it is ended.</summary>
public sealed class Verified : FaultTests
{
    private static readonly SampleSize Kills = new(4, 10, 100);

    /// <summary>Migrations of the program with defects, and what `verify` has to name.</summary>
    private static readonly Dictionary<string, string> WrongDowns = new()
    {
        [PlantedMigrations.KeepsIndex] = "idx_agents_status",
        [PlantedMigrations.ChangesValue] = "agents.status",
    };

    private static IEnumerable<string> Wrong => WrongDowns.Keys;

    [TestCaseSource(nameof(Wrong))]
    public void A_wrong_Down_is_found(string migrations) =>
        CheckWrong(
            Rig.With(SharedPlantedProgram.Instance.With(defect: null, migrations)),
            migrations
        );

    [Test]
    public void Killed_it_leaves_its_folder_alone_and_the_next_one_works() => CheckKilled(Rig);

    [Test]
    public void A_signal_lets_it_remove_its_folder() => CheckInterrupted(Rig);

    internal static void CheckWrong(Rig rig, string migrations)
    {
        using var site = rig.NewSite();
        var verified = site.Run("verify");
        verified.RequireExit(4);
        Require.That(
            verified.Error.Contains(WrongDowns[migrations], StringComparison.Ordinal),
            $"{WrongDowns[migrations]} is not named: {verified.Error}"
        );
    }

    /// <summary>What was compared may be a copy of real rows: only its owner may read what is left of it.</summary>
    internal static void CheckKilled(Rig rig)
    {
        using var watched = NewSite(rig);
        var (result, calls) = Tracer.Watch(watched, "verify");
        result.RequireExit(0);
        RequireNothingLeft(watched);
        Rig.Each(
            rig.Sample(calls, Kills),
            call =>
            {
                using var site = NewSite(rig);
                Tracer.Disturb(site, call, "signal=KILL", lasting: false, "verify");

                foreach (var left in Directory.GetDirectories(Temporary(site)))
                {
                    var mode = File.GetUnixFileMode(left);
                    Require.That(
                        mode
                            == (
                                UnixFileMode.UserRead
                                | UnixFileMode.UserWrite
                                | UnixFileMode.UserExecute
                            ),
                        $"{left} has the mode {mode}"
                    );
                }

                Require.That(
                    Directory.GetFiles(Temporary(site)).Length == 0,
                    "a file is left outside the folder of its own"
                );
                Require.That(!File.Exists(site.Database), "a database was made");
                site.Run("verify").RequireExit(0);
            }
        );
    }

    internal static void CheckInterrupted(Rig rig)
    {
        using var watched = NewSite(rig);
        var (_, calls) = Tracer.Watch(watched, "verify");
        Rig.Each(
            rig.Sample(calls, Kills),
            call =>
            {
                using var site = NewSite(rig);
                var (result, _) = Tracer.Interrupt(site, call, "TERM", again: false, "verify");
                Require.That(
                    result.ExitCode is 143 or 0,
                    $"exit code 143, or 0 where it was done: {result}"
                );
                RequireNothingLeft(site);
            }
        );
    }

    private static void RequireNothingLeft(Site site) =>
        Require.That(
            Directory.GetFileSystemEntries(Temporary(site)).Length == 0,
            $"left: {string.Join(", ", Directory.GetFileSystemEntries(Temporary(site)))}"
        );

    private static Site NewSite(Rig rig)
    {
        var site = rig.NewSite();
        Directory.CreateDirectory(Temporary(site));
        site.Variables["TMPDIR"] = Temporary(site);
        return site;
    }

    private static string Temporary(Site site) => site["temporary"];
}
