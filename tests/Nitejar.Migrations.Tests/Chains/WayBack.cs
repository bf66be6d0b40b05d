using Nitejar.Migrations.Tests.Chains.Runners;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>How a chain is reverted and applied again.</summary>
internal enum WayBack
{
    /// <summary><c>redo --steps n</c>.</summary>
    Redo,

    /// <summary><c>down --steps n</c>, then <c>up</c>.</summary>
    SomeAtOnce,

    /// <summary><c>down --all</c>, then <c>up</c>.</summary>
    AllAtOnce,

    /// <summary><c>down --all</c>, then <c>up --steps 1</c> as often as there are migrations.</summary>
    AllThenOneByOne,

    /// <summary><c>down --steps 1</c> n times, then <c>up --steps 1</c> n times.</summary>
    OneByOne,
}

/// <summary>Goes one of the ways.</summary>
internal static class WaysBack
{
    /// <summary>Whether a run of its Downs ends while other migrations are still applied.</summary>
    public static bool EndsHalfway(this WayBack way) =>
        way is WayBack.SomeAtOnce or WayBack.OneByOne;

    /// <summary>Reverts so many, all of them where the way is about all.</summary>
    public static void GoDown(this WayBack way, Ours ours, int steps)
    {
        switch (way)
        {
            case WayBack.SomeAtOnce:
                ours.Down(steps);
                break;
            case WayBack.OneByOne:
                Repeat(steps, () => ours.Down(1));
                break;
            case WayBack.AllAtOnce or WayBack.AllThenOneByOne:
                ours.DownAll();
                break;
            case WayBack.Redo:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(way));
        }
    }

    /// <summary>Applies them again.</summary>
    public static void GoUp(this WayBack way, Ours ours, int steps)
    {
        switch (way)
        {
            case WayBack.Redo:
                ours.Redo(steps);
                break;
            case WayBack.SomeAtOnce or WayBack.AllAtOnce:
                ours.Up();
                break;
            case WayBack.AllThenOneByOne or WayBack.OneByOne:
                Repeat(steps, () => ours.Up(steps: 1));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(way));
        }
    }

    /// <summary>
    /// Whether every reference holds at the end of each of its runs downwards. Where one would be broken, the product
    /// rightly refuses.
    /// </summary>
    public static bool KeepsReferences(
        this WayBack way,
        ChainTrial trial,
        Chain chain,
        int steps
    ) =>
        (!way.EndsHalfway() && !trial.Place.ChecksAtOnce)
        || KeepReferences(trial, chain, steps, atOnce: way == WayBack.OneByOne ? 1 : steps);

    /// <summary>
    /// Whether every reference holds when so many are reverted and whenever a run of that has ended. FluentMigrator's
    /// own runner finds out, on a copy and without SQLite's checks.
    /// </summary>
    public static bool KeepReferences(ChainTrial trial, Chain chain, int steps, int atOnce)
    {
        trial.Place.Copy("ours", "probe");
        var stock = new Stock(trial, chain, "probe")
        {
            ChecksReferences = trial.Place.ChecksAtOnce,
        };
        for (var done = 0; done < steps; done += atOnce)
        {
            try
            {
                stock.Down(atOnce);
            }
            catch (Exception) when (trial.Place.ChecksAtOnce)
            {
                // Where its commit is refused, its own error is another one.
                return false;
            }

            if (trial.Place.IsBroken("probe"))
            {
                return false;
            }
        }

        return true;
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }
}
