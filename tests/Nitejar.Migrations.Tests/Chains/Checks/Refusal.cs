using System.Data.Common;
using Nitejar.Migrations.Tests.Chains.Runners;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains.Checks;

/// <summary>Runs that are refused for a reference, and that FluentMigrator's own runner cannot do either.</summary>
internal static class Refusal
{
    private const string OfDown = "down refused by a reference";
    private const string OfUp = "changed up refused by a reference";

    /// <summary>Applies a migration that was changed, unless FluentMigrator's own runner cannot do it either: its new rows may refer to numbers that others have.</summary>
    /// <returns>Whether it was done; else nothing has changed.</returns>
    public static bool AllowsUp(ChainTrial trial, Chain changed)
    {
        var before = (trial.Dump("ours"), trial.Archive());
        try
        {
            new Ours(trial, changed).Up();
            return true;
        }
        catch (ChainFailure failure)
            when (failure.Message.Contains("foreign key", StringComparison.OrdinalIgnoreCase)
                && !CanApply(trial, changed)
            )
        {
            trial.Note(OfUp, failure.Message);
            ChainFailure.Unless(
                before.Item1.DifferencesTo(trial.Dump("ours")),
                "a refused up changes something"
            );
            ChainFailure.Unless(
                before.Item2 == trial.Archive() ? [] : [trial.Archive()],
                "a refused up changes the archive"
            );
            return false;
        }
    }

    private static bool CanApply(ChainTrial trial, Chain changed)
    {
        trial.Place.Copy("ours", "probe");
        try
        {
            new Stock(trial, changed, "probe").Up();
            return true;
        }
        catch (Exception failure)
            when (failure.GetBaseException() is DbException refused
                && trial.Place.IsConstraint(refused)
            )
        {
            return false;
        }
    }

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
            trial.Note(OfDown, failure.Message);
            return false;
        }
    }
}
