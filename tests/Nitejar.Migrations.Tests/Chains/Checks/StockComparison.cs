using Nitejar.Migrations.Tests.Chains.Runners;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains.Checks;

/// <summary>What FluentMigrator's own runner makes of a chain.</summary>
internal static class StockComparison
{
    /// <summary>The way up into a new database leaves what stock leaves.</summary>
    public static void Up(Chain chain, ChainTrial trial)
    {
        if (!Applies(trial, chain))
        {
            return;
        }

        new Ours(trial, chain).Up();

        var stock = trial.Dump("stock");
        var ours = trial.Dump("ours");
        ChainFailure.Unless(
            [.. stock.DifferencesTo(ours), .. CounterRule.Same.Broken(stock, ours)],
            "up makes something else than stock"
        );
    }

    /// <summary>
    /// The way down and up again leaves the rows that stock leaves, where the Downs are true inverses. Of tables that
    /// stay, stock counts on: their identifiers, and what refers to them, are other ones than ours.
    /// </summary>
    public static void DownAndUp(Chain chain, ChainTrial trial)
    {
        if (!chain.Migrations.All(IsTrueInverse))
        {
            return;
        }

        var steps = trial.Random.Next(1, chain.Migrations.Count + 1);
        if (NamesGeneratedNumbers(chain, afterVersion: chain.Migrations.Count - steps))
        {
            steps = chain.Migrations.Count;
        }

        var isAll = steps == chain.Migrations.Count;
        trial.Note(isAll ? "stock all down and up" : "stock some down and up", $"{steps} steps");
        if (!Applies(trial, chain))
        {
            return;
        }

        var stock = new Stock(trial, chain);
        stock.Down(steps);
        stock.Up();
        var ours = new Ours(trial, chain);
        ours.Up();
        ours.Down(steps);
        ours.Up();

        var expected = trial.Dump("stock");
        var actual = trial.Dump("ours");
        ChainFailure.Unless(
            isAll
                ? expected.DifferencesTo(actual)
                :
                [
                    .. ChainDump.Differences(
                        "row",
                        WithoutNumbers(expected, chain),
                        WithoutNumbers(actual, chain)
                    ),
                ],
            "down and up again makes something else than stock"
        );
    }

    /// <summary>Whether stock applies it: PostgreSQL alters no table whose deferred references wait to be checked, which only we let it do before.</summary>
    private static bool Applies(ChainTrial trial, Chain chain)
    {
        try
        {
            new Stock(trial, chain).Up();
            return true;
        }
        catch (Exception e) when (e.ToString().Contains("55006", StringComparison.Ordinal))
        {
            trial.Note("stock cannot apply it");
            return false;
        }
    }

    private static bool IsTrueInverse(ChainMigration migration) =>
        migration.Reversal is Reversal.Automatic or Reversal.InReverseOrder;

    /// <summary>Whether a migration means another row, or none, once rows have got new identifiers.</summary>
    private static bool NamesGeneratedNumbers(Chain chain, int afterVersion)
    {
        var state = new ChainState(chain.Kind);
        foreach (var migration in chain.Migrations)
        {
            foreach (var operation in migration.Operations)
            {
                if (migration.Version > afterVersion && NamesNumbers(operation, state))
                {
                    return true;
                }

                state.Apply(operation);
            }
        }

        return false;
    }

    private static bool NamesNumbers(ChainOperation operation, ChainState state) =>
        operation switch
        {
            DeleteRow => true,
            InsertRows insert => state[insert.Table]
                .Columns.Exists(column =>
                    column.Parent is not null
                    && insert.Rows.Any(row => row.ContainsKey(column.Name))
                ),
            _ => false,
        };

    private static string[] WithoutNumbers(ChainDump dump, Chain chain) =>
        [
            .. ChainState
                .After(chain)
                .Tables.SelectMany(table =>
                    dump.Tables[table.Name]
                        .Select(row =>
                            table.Name
                            + string.Join(
                                ", ",
                                table
                                    .Columns.Where(column => column.Parent is null)
                                    .Select(column => row[column.Name])
                            )
                        )
                ),
        ];
}
