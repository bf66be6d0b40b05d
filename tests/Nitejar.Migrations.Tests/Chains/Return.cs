using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>The way down and up of unchanged migrations leads to where it began, whatever users did before.</summary>
internal static class Return
{
    public static void Check(Chain chain, ChainTrial trial)
    {
        var ours = new Ours(trial["ours.db"], chain);
        ours.Up();
        if (trial.OneIn(4))
        {
            trial.Note("nobody changes anything");
        }
        else
        {
            using var connection = trial.Open("ours.db");
            new UserChanges(trial, connection, chain).Make();
        }

        File.Copy(trial["ours.db"], trial["expected.db"]);
        var (way, steps) = Choose(chain, trial);
        way.GoDown(ours, steps);
        if (way.EndsHalfway() && trial.OneIn(2))
        {
            new MeanwhileChanges(trial, chain).Make(
                chain.Migrations.Count - steps,
                "ours.db",
                "expected.db"
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
        var expected = ChainDump.Of(trial["expected.db"]);
        var actual = ChainDump.Of(trial["ours.db"]);
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
