using Nitejar.Migrations.Tests.Chains.Runners;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains.Checks;

/// <summary>The way down and up of unchanged migrations leads to where it began, whatever users did before.</summary>
internal static class Return
{
    public static void Check(Chain chain, ChainTrial trial)
    {
        var ours = new Ours(trial, chain);
        ours.Up();
        if (trial.OneIn(4))
        {
            trial.Note("nobody changes anything");
        }
        else
        {
            using var connection = trial.Place.Open("ours");
            new UserChanges(trial, connection, chain).Make();
        }

        trial.Place.Copy("ours", "expected");
        var (way, steps) = Choose(chain, trial);
        if (!Refusal.Allows(trial, chain, way, () => way.GoDown(ours, steps)))
        {
            RequireSame(chain, trial);
            return;
        }

        if (way.EndsHalfway() && trial.OneIn(2))
        {
            new MeanwhileChanges(trial, chain).Make(
                chain.Migrations.Count - steps,
                "ours",
                "expected"
            );
        }

        way.GoUp(ours, steps);
        RequireSame(chain, trial);
    }

    private static (WayBack Way, int Steps) Choose(Chain chain, ChainTrial trial)
    {
        var all = chain.Migrations.Count;
        var way = (WayBack)trial.Random.Next(5);
        var steps = way is WayBack.AllAtOnce or WayBack.AllThenOneByOne
            ? all
            : trial.Random.Next(1, all + 1);
        if (!way.KeepsReferences(trial, chain, steps))
        {
            trial.Note("would break references, so all at once");
            (way, steps) = (WayBack.AllAtOnce, all);
        }

        trial.Note($"way {way}", $"{steps} of {all}");
        if (
            way == WayBack.AllThenOneByOne
            && !WaysBack.KeepReferences(trial, chain, steps, atOnce: 1)
        )
        {
            trial.Note("rows wait for parents that a later up brings");
        }

        return (way, steps);
    }

    private static void RequireSame(Chain chain, ChainTrial trial)
    {
        var expected = trial.Dump("expected");
        var actual = trial.Dump("ours");
        var insertsInDown = chain
            .Migrations.SelectMany(migration => migration.Operations)
            .Any(operation => operation is DeleteRow);
        var isTouched = trial.WasDone("row added meanwhile");
        ChainFailure.Unless(
            [
                .. expected.DifferencesTo(actual),
                .. new CounterRule(MayRise: insertsInDown || isTouched).Broken(expected, actual),
            ],
            "down and up does not lead back"
        );
    }
}
