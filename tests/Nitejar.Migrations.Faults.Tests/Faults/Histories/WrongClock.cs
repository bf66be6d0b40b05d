using System.Globalization;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Histories;

/// <summary>A clock that is wrong by ten years, or jumps in between: the same decisions.</summary>
public sealed class WrongClock : FaultTests
{
    private const int TenYears = 10 * 365 * 24 * 60 * 60;

    /// <summary>The clock at each command, in turn.</summary>
    private static readonly Dictionary<string, int[]> Clocks = new()
    {
        ["behind"] = [-TenYears],
        ["ahead"] = [TenYears],
        ["falls back by twenty years"] = [TenYears, -TenYears],
        ["jumps ahead by twenty years"] = [-TenYears, TenYears],
    };

    private static IEnumerable<string> ClockNames => Clocks.Keys;

    [Test]
    public void Decisions_are_the_same([ValueSource(nameof(ClockNames))] string clock) =>
        Check(Rig, clock);

    [Test]
    public void The_order_in_the_history_does_not_depend_on_the_times_in_it() => CheckHistory(Rig);

    internal static void Check(Rig rig, string clock)
    {
        using var right = rig.NewSite();
        using var wrong = rig.NewSite();
        right.Place(Samples.WithCore(JournalMode.Delete));
        wrong.Place(Samples.WithCore(JournalMode.Delete));
        var library = Native.Build(wrong, "clock", "-shared", "-fPIC", "-ldl");

        // Relative to the working directory: the linker takes a blank in a path for the end of it.
        wrong.Variables["LD_PRELOAD"] = Path.GetRelativePath(wrong.Folder, library);

        Require.Same(
            DecisionsAt(wrong, Clocks[clock]),
            DecisionsAt(right, [0]),
            "what was decided"
        );
        Require.Same(
            DatabaseImage.Of(wrong.Database),
            DatabaseImage.Of(right.Database),
            "the database"
        );
        RequireWrongClock(wrong);
    }

    /// <summary>The newest migration has the oldest time.</summary>
    internal static void CheckHistory(Rig rig)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(JournalMode.Delete));
        site.Execute(
            $"""
            UPDATE VersionInfo SET AppliedOn = '2036-01-01 00:00:00' WHERE Version = {Samples.Core};
            UPDATE VersionInfo SET AppliedOn = '2016-01-01 00:00:00' WHERE Version = {Samples.Github};
            UPDATE VersionJournal SET StartedAt = '2036-01-01T00:00:00Z' WHERE Version = {Samples.Core};
            UPDATE VersionJournal SET StartedAt = '2016-01-01T00:00:00Z' WHERE Version = {Samples.Github};
            """
        );

        site.Run("up", "-c", "x.db").RequireExit(0);
        site.Run("down", "-c", "x.db", "--yes").RequireExit(0);

        using var connection = site.Open();
        Require.Same(
            string.Join(' ', connection.Read("SELECT Version FROM VersionInfo")),
            Samples.Core,
            "what is left"
        );
    }

    private static string DecisionsAt(Site site, int[] clock)
    {
        string[][] commands =
        [
            ["up", "--steps", "1"],
            ["up"],
            ["status", "--check"],
            ["down"],
            ["down", "--yes"],
            ["up"],
            ["redo", "--yes"],
            ["down", "--all", "--yes"],
            ["up"],
        ];
        return string.Join(
            '\n',
            commands.Select(
                (command, index) =>
                {
                    site.Variables["CLOCK_OFFSET"] = clock[index % clock.Length]
                        .ToString(CultureInfo.InvariantCulture);
                    var result = site.Run([.. command, "-c", "x.db"]).RequireNoCrash();
                    return $"{string.Join(' ', command)}: {result.ExitCode}";
                }
            )
        );
    }

    /// <summary>A clock that is right would make the test pass.</summary>
    private static void RequireWrongClock(Site site)
    {
        using var connection = site.Open();
        var times = connection.Read(
            "SELECT AppliedOn FROM VersionInfo UNION ALL SELECT StartedAt FROM VersionJournal"
        );
        var now = DateTime.UtcNow;
        Require.That(
            times.Count > 2
                && times
                    .Skip(0)
                    .Count(time =>
                        Math.Abs(
                            (DateTime.Parse(time, CultureInfo.InvariantCulture) - now).TotalDays
                        ) > 3000
                    )
                    > times.Count - 2,
            $"the clock was not wrong: {string.Join(", ", times)}"
        );
    }
}
