using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Planning;

internal static class UpPlanner
{
    public static MigrationPlan Plan(
        MigrationCatalog catalog,
        MigrationHistory history,
        UpRequest request
    )
    {
        if (request.To is { } to && catalog.Find(to) is null)
        {
            throw new InvalidRequestException(
                $"There is no migration {to} to go up to.",
                "Run `status` to see the versions that this binary knows."
            );
        }

        var pending = PendingOf(catalog, history, request);
        RefuseWithoutTransaction(pending);
        if (!request.AllowOutOfOrder)
        {
            RefuseOutOfOrder(catalog, history, pending);
        }

        return new MigrationPlan(
            [.. pending.Select(known => PlanStep.FromCatalog(known, Direction.Up))],
            AcceptedOf(catalog, history, request.AcceptChanged ?? []),
            WarningsOf(catalog, history)
        );
    }

    private static List<KnownMigration> PendingOf(
        MigrationCatalog catalog,
        MigrationHistory history,
        UpRequest request
    )
    {
        var pending = new List<KnownMigration>();
        foreach (var known in catalog.All)
        {
            if (known.Id.Version > request.To || pending.Count == request.Steps)
            {
                break;
            }

            if (!history.IsApplied(known.Id.Version))
            {
                pending.Add(known);
            }
        }

        return pending;
    }

    private static void RefuseWithoutTransaction(List<KnownMigration> pending)
    {
        if (pending.Find(known => !known.RunsInTransaction) is { } outside)
        {
            throw new RefusedException(
                $"{outside.Id} asks to run without a transaction (TransactionBehavior.None), which this version does not do.",
                "Remove TransactionBehavior.None from the migration, or apply it with a newer nitejar-migrate."
            );
        }
    }

    private static void RefuseOutOfOrder(
        MigrationCatalog catalog,
        MigrationHistory history,
        List<KnownMigration> pending
    )
    {
        if (pending.Count == 0 || pending[0].Id.Version > history.LatestVersion)
        {
            return;
        }

        var late = pending[0].Id;
        var newer = history.Applied.First(a => a.Version > late.Version);
        var whose = catalog.Find(newer.Version) is null ? "unknown to this binary" : "newer";
        throw new RefusedException(
            $"{late} is pending, but {history.IdOf(newer)}, which is {whose}, is applied already.",
            "Check that this is the right binary; `up --allow-out-of-order` applies it all the same."
        );
    }

    private static List<KnownMigration> AcceptedOf(
        MigrationCatalog catalog,
        MigrationHistory history,
        IReadOnlyList<long> versions
    )
    {
        var accepted = new List<KnownMigration>();
        foreach (var version in versions)
        {
            if (catalog.Find(version) is not { } known || history.JournalOf(version) is null)
            {
                throw new InvalidRequestException(
                    $"--accept-changed {version}: no journaled migration of this binary has that version.",
                    "Run `status` to see which applied migration has changed."
                );
            }

            accepted.Add(known);
        }

        return accepted;
    }

    private static string[] WarningsOf(MigrationCatalog catalog, MigrationHistory history)
    {
        var unknown = history.Applied.Where(a => catalog.Find(a.Version) is null).ToArray();
        return unknown.Length == 0
            ? []
            :
            [
                $"The database has {Count.Of(unknown.Length, "migration")} that this binary does not know, the newest {history.IdOf(unknown.MaxBy(a => a.Version)!)}; a newer version migrated it.",
            ];
    }
}
