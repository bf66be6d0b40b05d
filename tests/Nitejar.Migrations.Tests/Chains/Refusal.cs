using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>Downs that a database refuses while they delete what other rows refer to.</summary>
internal static class Refusal
{
    public const string Kind = "down refused by a reference";

    /// <summary>Reverts, unless FluentMigrator's own runner cannot do it either.</summary>
    /// <returns>Whether it was done; else nothing has changed.</returns>
    public static bool Allows(ChainTrial trial, Chain chain, WayBack way, Action down)
    {
        try
        {
            down();
            return true;
        }
        catch (ChainFailure failure)
            when (trial.Place.ChecksAtOnce
                && failure.Message.Contains("foreign key", StringComparison.Ordinal)
                && !way.KeepsReferences(trial, chain, chain.Migrations.Count)
            )
        {
            trial.Note(Kind, failure.Message);
            return false;
        }
    }
}
