using System.Globalization;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness;

/// <summary>What a check is done with: the program, how thoroughly, and with which random numbers.</summary>
internal sealed class Rig(MigrateProgram program, Thoroughness thoroughness, int seed)
{
    private const string SizeVariable = "NITEJAR_FAULTS";
    private const string SeedVariable = "NITEJAR_FAULTS_SEED";

    /// <summary>The same every day, so that what makes a usual run fail is a change, not chance.</summary>
    private const int UsualSeed = 20260101;

    public MigrateProgram Program => program;

    /// <summary>Whether time does not matter.</summary>
    public bool IsLong => thoroughness == Thoroughness.Long;

    /// <summary>The published program, as thoroughly as the environment asks for.</summary>
    public static Rig OfEnvironment()
    {
        var isLong = Environment.GetEnvironmentVariable(SizeVariable) == "long";
        return new Rig(
            MigrateProgram.Published,
            isLong ? Thoroughness.Long : Thoroughness.Default,
            int.TryParse(
                    Environment.GetEnvironmentVariable(SeedVariable),
                    CultureInfo.InvariantCulture,
                    out var given
                )
                    ? given
                : isLong ? Random.Shared.Next()
                : UsualSeed
        );
    }

    /// <summary>How to see the same again.</summary>
    public override string ToString() => $"seed {seed} (repeat with {SeedVariable}={seed})";

    /// <summary>The same, but of another program.</summary>
    public Rig With(MigrateProgram other) => new(other, thoroughness, seed);

    /// <summary>The number for this thoroughness.</summary>
    public int Choose(SampleSize size) =>
        thoroughness switch
        {
            Thoroughness.Planted => size.Planted,
            Thoroughness.Long => size.Long,
            Thoroughness.Default => size.Usual,
            _ => throw new InvalidOperationException("There is no such thoroughness."),
        };

    /// <summary>Random numbers that depend on the seed and the case alone, so that cases may run side by side.</summary>
    public Random RandomFor(int number) => new(unchecked((seed * 397) ^ number));

    /// <summary>Some of them, evenly spread, or all.</summary>
    public IReadOnlyList<T> Sample<T>(IReadOnlyList<T> all, SampleSize size)
    {
        var wanted = Choose(size);
        if (all.Count <= wanted)
        {
            return all;
        }

        var step = (double)all.Count / wanted;
        var start = RandomFor(all.Count).NextDouble() * step;
        return
        [
            .. Enumerable
                .Range(0, wanted)
                .Select(i => all[Math.Min((int)(start + (i * step)), all.Count - 1)]),
        ];
    }

    /// <summary>A place to run the program in.</summary>
    public Site NewSite() => new(program) { IsTimed = IsTimed };

    /// <summary>Whether the program is the native one. Those with planted defects start late, which is no promise broken.</summary>
    public bool IsTimed => thoroughness != Thoroughness.Planted;

    /// <summary>
    /// A bound on time that the program promises. A machine that is busy elsewhere makes one attempt late, a program
    /// that breaks its promise all of them. Everything else has to hold at each attempt.
    /// </summary>
    /// <param name="promise">For people, when it was broken.</param>
    /// <param name="isInTime">Does it, at a site of its own, and says whether it was in time.</param>
    public void InTime(string promise, Func<bool> isInTime) =>
        Require.That(
            // A planted defect need not be seen more than once.
            Enumerable.Range(0, IsTimed ? Site.Attempts : 1).Any(_ => isInTime()),
            promise
        );

    /// <summary>
    /// Does each, several at a time, since they wait for the disk; what is found names its case. A file that SQLite
    /// cannot read is a find too.
    /// </summary>
    public static void Each<T>(IEnumerable<T> cases, Action<T> check)
    {
        try
        {
            Parallel.ForEach(
                cases,
                new ParallelOptions { MaxDegreeOfParallelism = 4 },
                one =>
                {
                    try
                    {
                        check(one);
                    }
                    catch (Exception found) when (found is FaultFound or SqliteException)
                    {
                        throw new FaultFound($"{one}: {found.Message}");
                    }
                }
            );
        }
        catch (AggregateException several)
        {
            throw several.InnerExceptions.OfType<FaultFound>().FirstOrDefault()
                ?? several.InnerExceptions[0];
        }
    }
}

/// <summary>How many cases are tried.</summary>
internal enum Thoroughness
{
    /// <summary>As few as show a planted defect.</summary>
    Planted,

    /// <summary>What fits into minutes.</summary>
    Default,

    /// <summary>All of them, or as many as a night allows.</summary>
    Long,
}

/// <summary>A number for each <see cref="Thoroughness"/>.</summary>
internal readonly record struct SampleSize(int Planted, int Usual, int Long);
