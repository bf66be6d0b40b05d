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

        var resumed = Resume(catalog, history.Interrupted, request);
        var pending = PendingOf(catalog, history, request);
        if (!request.AllowOutOfOrder)
        {
            RefuseOutOfOrder(catalog, history, pending);
        }

        return new MigrationPlan(
            StepsOf(resumed, pending),
            AcceptedOf(catalog, history, request.AcceptChanged ?? []),
            [.. WarningsOf(catalog, history), .. UnusedTags.WarningsOf(catalog, request.Tags)]
        )
        {
            Tags = DecidingTags(catalog, history, request),
            AllowsBreaking = request.AllowBreaking,
        };
    }

    private static List<PlanStep> StepsOf(PlanStep? resumed, List<KnownMigration> pending)
    {
        var steps = pending
            .FindAll(known => known.Id != resumed?.Id)
            .ConvertAll(known => PlanStep.FromCatalog(known, Direction.Up));
        if (resumed is not null)
        {
            steps.Insert(0, resumed);
        }

        return steps;
    }

    private static List<KnownMigration> PendingOf(
        MigrationCatalog catalog,
        MigrationHistory history,
        UpRequest request
    )
    {
        var choice = new Choice(request, history);
        var pending = new List<KnownMigration>();
        foreach (var known in catalog.All)
        {
            if (known.Id.Version > request.To || pending.Count == request.Steps)
            {
                break;
            }

            if (!history.IsApplied(known.Id.Version) && choice.Includes(known))
            {
                pending.Add(known);
            }
        }

        return pending;
    }

    /// <summary>The tags of the request, where they decide about a migration that it could apply.</summary>
    private static string[] DecidingTags(
        MigrationCatalog catalog,
        MigrationHistory history,
        UpRequest request
    )
    {
        foreach (var known in catalog.All)
        {
            if (known.Id.Version > request.To)
            {
                break;
            }

            if (!known.Tags.IsNone && !history.IsApplied(known.Id.Version))
            {
                return [.. request.Tags.Distinct().Order(StringComparer.Ordinal)];
            }
        }

        return [];
    }

    /// <summary>The step that continues an interrupted migration; <see langword="null"/> when none was interrupted.</summary>
    /// <exception cref="RefusedException">One was, and the request does not say what to do, or this binary cannot continue it.</exception>
    private static PlanStep? Resume(
        MigrationCatalog catalog,
        InterruptedMigration? interrupted,
        UpRequest request
    )
    {
        if (interrupted is null)
        {
            return null;
        }

        if (interrupted.Direction == Direction.Down)
        {
            throw Refusal(interrupted, "`down` continues it.");
        }

        if (!request.Resume)
        {
            throw Refusal(interrupted, "`up --resume` continues it, `down` reverts it.");
        }

        return catalog.Find(interrupted.Migration.Version) is { } known
            ? PlanStep.FromCatalog(known, Direction.Up) with
            {
                Settles = interrupted,
            }
            : throw Refusal(
                interrupted,
                "Run `up --resume` with a binary that has it, or take it back with `down`."
            );
    }

    private static RefusedException Refusal(InterruptedMigration interrupted, string nextStep) =>
        new(
            $"{interrupted.Migration} runs without a transaction and was interrupted {interrupted.Place}.",
            nextStep
        )
        {
            Code = ErrorCode.MigrationInterrupted,
        };

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
        var tags = pending[0].Tags.IsNone ? "" : " and that its tags are meant";
        var newer = history.Applied.First(a => a.Version > late.Version);
        var whose = catalog.Find(newer.Version) is null ? "unknown to this binary" : "newer";
        throw new RefusedException(
            $"{late} is pending, but {history.IdOf(newer)}, which is {whose}, is applied already.",
            $"Check that this is the right binary{tags}; `up --allow-out-of-order` applies it all the same."
        )
        {
            Code = ErrorCode.OutOfOrder,
        };
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
