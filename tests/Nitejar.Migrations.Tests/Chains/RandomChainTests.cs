using Nitejar.Migrations.Tests.Chains.Checks;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>
/// Chains of migrations that nobody thought of, with users' rows among theirs. FluentMigrator's own runner says what
/// the way up has to make; the way down and up again has to lead to where it began.
/// </summary>
[TestFixture(nameof(ChainKind.Sqlite), Category = nameof(ChainKind.Sqlite))]
[TestFixture(nameof(ChainKind.Postgres), Category = nameof(ChainKind.Postgres))]
public sealed class RandomChainTests(string kindOfDatabase)
{
    private readonly ChainKind _kind = Enum.Parse<ChainKind>(kindOfDatabase);

    /// <summary>How many failures are told in full.</summary>
    private const int Shown = 10;

    [Test]
    public void Up_makes_what_stock_makes() => Check(StockComparison.Up);

    [Test]
    public void Down_and_up_lead_back_to_what_users_made_of_it() => Check(Return.Check);

    [Test]
    public void Down_and_up_make_what_stock_makes() => Check(StockComparison.DownAndUp);

    [Test]
    public void A_changed_Up_loses_no_row() => Check(ChangedUp.Check);

    private void Check(Action<Chain, ChainTrial> check)
    {
        var tally = new Tally();
        var failures = new List<(int Seed, string Text)>();
        foreach (var seed in ChainSeeds.OfEnvironment(_kind))
        {
            var chain = ChainGenerator.Make(seed, _kind);
            tally.Count(chain);
            using var trial = new ChainTrial(seed, tally, _kind);
            try
            {
                check(chain, trial);
            }
            catch (Exception failure)
            {
                failures.Add(
                    (
                        seed,
                        $"seed {seed}: {trial}\n{(failure is ChainFailure ? failure.Message : failure)}\n{trial.Archive()}\n{trial.Migrations()}\n"
                    )
                );
            }
        }

        TestContext.Out.WriteLine(tally);
        if (failures.Count > 0)
        {
            Assert.Fail(
                $"""
                {failures.Count} chains failed; {ChainSeeds.SeedVariable}=N begins with the chain of seed N.
                {string.Join('\n', failures.Take(Shown).Select(failure => failure.Text))}
                all seeds: {string.Join(' ', failures.Select(failure => failure.Seed))}
                """
            );
        }
    }
}
