using System.Diagnostics;

namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>Tests that each work in a folder of their own.</summary>
public abstract class WorkplaceTests
{
    protected const string Core = "20240101000000";
    protected const string Github = "20240501120000";

    private const int Attempts = 5;

    private Workplace? _place;

    private protected Workplace Place => _place!;

    [SetUp]
    public void OpenWorkplace() => _place = new Workplace();

    [TearDown]
    public void CloseWorkplace() => _place?.Dispose();

    /// <summary>
    /// A bound on time that the program promises. A machine that is busy elsewhere makes one attempt late, a program
    /// that breaks its promise all of them. Everything else has to hold at each attempt.
    /// </summary>
    /// <param name="limit">What it may take.</param>
    /// <param name="attempt">Does it, in a workplace of its own, and says how long it took.</param>
    private protected async Task Within(TimeSpan limit, Func<Task<TimeSpan>> attempt)
    {
        var taken = new List<TimeSpan> { await attempt() };
        while (taken[^1] >= limit && taken.Count < Attempts)
        {
            CloseWorkplace();
            OpenWorkplace();
            taken.Add(await attempt());
        }

        Assert.That(taken[^1], Is.LessThan(limit), $"all of {string.Join(", ", taken)}");
    }

    /// <summary>As the other one, for what can be done again in the same place.</summary>
    private protected static CommandResult Within(TimeSpan limit, Func<CommandResult> attempt)
    {
        for (var number = 1; ; number++)
        {
            var clock = Stopwatch.StartNew();
            var result = attempt();
            if (clock.Elapsed < limit)
            {
                return result;
            }

            Assert.That(number, Is.LessThan(Attempts), $"took {clock.Elapsed} each time: {result}");
        }
    }
}
