using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Planning;

internal static class DownPlanner
{
    public static MigrationPlan Plan(
        MigrationCatalog catalog,
        MigrationHistory history,
        DownRequest request
    )
    {
        // What was interrupted is neither applied nor pending, and comes first.
        var settled = Settle(catalog, history.Interrupted);
        var steps = (request.Steps ?? 1) - (settled is null ? 0 : 1);
        var keep = request switch
        {
            { All: true } => 0,
            { To: { } version } => IndexOf(history, version) + 1,
            _ => Math.Max(0, history.Applied.Count - steps),
        };
        var back = StepsBackTo(keep, catalog, history);
        return new MigrationPlan(settled is null ? back : [settled, .. back], [], []);
    }

    private static PlanStep? Settle(MigrationCatalog catalog, InterruptedMigration? interrupted)
    {
        if (interrupted is null)
        {
            return null;
        }

        if (interrupted.Reversal == Reversal.Sql)
        {
            RequireTransaction(catalog, interrupted.Migration, runsInTransaction: false);
            return new PlanStep(
                interrupted.Migration,
                Direction.Down,
                Known: null,
                interrupted.JournalId,
                RunsInTransaction: false
            )
            {
                Settles = interrupted,
            };
        }

        return catalog.Find(interrupted.Migration.Version) is { } known
            ? PlanStep.FromCatalog(known, Direction.Down) with
            {
                Settles = interrupted,
            }
            : throw new RefusedException(
                $"{interrupted.Migration} was interrupted {interrupted.Place}, and this binary cannot take it back: no down SQL is stored.",
                "Run `down` with a binary that has this migration."
            )
            {
                Code = ErrorCode.UnknownMigration,
            };
    }

    public static MigrationPlan PlanRedo(
        MigrationCatalog catalog,
        MigrationHistory history,
        RedoRequest request
    )
    {
        if (history.Interrupted is { } interrupted)
        {
            throw new RefusedException(
                $"{interrupted.Migration} runs without a transaction and was interrupted {interrupted.Place}.",
                "Settle it first, with `down` or `up --resume`."
            )
            {
                Code = ErrorCode.MigrationInterrupted,
            };
        }

        var keep = Math.Max(0, history.Applied.Count - request.Steps);
        var steps = StepsBackTo(keep, catalog, history);
        foreach (var applied in history.Applied.Skip(keep))
        {
            var known =
                catalog.Find(applied.Version)
                ?? throw new RefusedException(
                    $"{history.IdOf(applied)} is unknown to this binary and could not be applied again.",
                    "Run `redo` with the binary that has it, or `down` to revert it for good."
                )
                {
                    Code = ErrorCode.UnknownMigration,
                };
            steps.Add(PlanStep.FromCatalog(known, Direction.Up));
        }

        return steps.Find(step => !step.RunsInTransaction) is { } outside
            ? throw new RefusedException(
                $"{outside.Id} runs without a transaction, and `redo` is one.",
                "Use `down` and then `up`."
            )
            : new MigrationPlan(steps, [], []);
    }

    private static int IndexOf(MigrationHistory history, long version)
    {
        for (var index = 0; index < history.Applied.Count; index++)
        {
            if (history.Applied[index].Version == version)
            {
                return index;
            }
        }

        throw new InvalidRequestException(
            $"Migration {version} is not applied, so there is no going back to it.",
            "Run `status` to see what is applied; `down --all` reverts everything."
        );
    }

    private static List<PlanStep> StepsBackTo(
        int keep,
        MigrationCatalog catalog,
        MigrationHistory history
    )
    {
        var steps = new List<PlanStep>(history.Applied.Count - keep);
        for (var index = history.Applied.Count - 1; index >= keep; index--)
        {
            steps.Add(Revert(history.Applied[index], catalog, history));
        }

        return steps;
    }

    private static PlanStep Revert(
        AppliedMigration applied,
        MigrationCatalog catalog,
        MigrationHistory history
    )
    {
        var id = history.IdOf(applied);
        var journaled = history.JournalOf(applied.Version);
        if (journaled is { Outcome: JournalOutcome.Adopted })
        {
            throw new RefusedException(
                $"{id} was adopted: its objects were there before, and are not dropped.",
                $"Stop above it with `down --to {applied.Version}`."
            )
            {
                Code = ErrorCode.Irreversible,
            };
        }

        if (journaled is { Reversal: Reversal.Sql })
        {
            var step = PlanStep.FromJournal(id, journaled);
            RequireTransaction(catalog, id, step.RunsInTransaction);
            return step;
        }

        if (catalog.Find(applied.Version) is { } known)
        {
            return PlanStep.FromCatalog(known, Direction.Down);
        }

        throw new RefusedException(
            $"{id} cannot be reverted by this binary: {Reason(journaled)}.",
            "Run `down` with a binary that has this migration."
        )
        {
            Code = ErrorCode.UnknownMigration,
        };
    }

    /// <summary>The journal, which others may be able to write, must not switch off what undoes a run that fails.</summary>
    private static void RequireTransaction(
        MigrationCatalog catalog,
        MigrationId id,
        bool runsInTransaction
    )
    {
        if (!runsInTransaction && catalog.Find(id.Version) is { RunsInTransaction: true })
        {
            throw new CheckFailedException(
                $"VersionJournal says that {id} runs without a transaction, and its class runs in one.",
                "If the class has changed since, use the binary that applied it; else find out who has changed VersionJournal."
            );
        }
    }

    private static string Reason(JournalEntry? journaled) =>
        journaled switch
        {
            null =>
                "another tool applied it, so no down SQL is stored, and its class is not compiled in",
            { Reversal: Reversal.Code } => "its Down runs code, and its class is not compiled in",
            _ => $"its Down is irreversible ({journaled.ReversalNote?.TrimEnd('.', ' ')})",
        };
}
