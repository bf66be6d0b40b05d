using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing.Obstructions;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Adopting;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>What can be said against a prepared plan before any of it is executed, the same for a run and for its dry run.</summary>
internal sealed class PlanChecks(DatabaseReader reader, MigrationCompiler compiler)
{
    /// <summary>Looks for what would stop the plan half-way.</summary>
    /// <returns>What has to be meant for it to run, in sentences without their dots; usually nothing.</returns>
    /// <exception cref="CheckFailedException">An applied migration has changed.</exception>
    /// <exception cref="MigrationFailedException">The database would refuse a statement whatever it holds.</exception>
    /// <exception cref="RefusedException">A precondition does not hold, the stored SQL of a Down hides statements, or a breaking change is not allowed.</exception>
    /// <exception cref="DatabaseUnavailableException">A step needs a session that lasts, and a pooler stands before the server.</exception>
    public IReadOnlyList<string> Require(
        PreparedPlan prepared,
        MigrationCatalog catalog,
        MigrationHistory history
    )
    {
        RequireAllowed(prepared.Plan);
        RequireLastingSession(prepared);
        var downs = prepared.Downs.ToArray();
        if (downs.Length == 0)
        {
            ChangedMigrations.RequireNone(prepared.Plan, catalog, history, reader, compiler);
        }

        foreach (var step in prepared.Steps)
        {
            if (reader.EngineWithoutRollback is { } engine)
            {
                EngineLimits.Require(engine, step.Step, step.Script);
            }

            compiler.RequirePreconditions(step.Step.Id, step.Script, reader.Schema);
            RequireAccepted(step);
        }

        var doubts = new List<string>();
        foreach (var down in downs.Where(down => down.Step.Known is null))
        {
            RequireVisible(down);
            if (DiffersFromClass(down, catalog))
            {
                doubts.Add(
                    $"The SQL that reverts {down.Step.Id} is stored in VersionJournal, and its class would execute other SQL"
                );
            }
        }

        foreach (var (down, reached) in ReachOf(prepared))
        {
            doubts.Add($"{down.Step.Id} also reaches {ToWords(reached)}");
        }

        return doubts;
    }

    /// <summary>Refuses a Down that must not be tried before it is allowed: what it does beyond the database stays done.</summary>
    /// <exception cref="RefusedException">There is one.</exception>
    public void RequireTriable(PreparedPlan prepared)
    {
        foreach (var (down, reached) in ReachOf(prepared))
        {
            var lasting = reached.Where(reach => !reach.IsUndone).ToArray();
            if (lasting.Length > 0)
            {
                throw new RefusedException(
                    $"{down.Step.Id} reaches {ToWords(lasting)}, and no rollback undoes that.",
                    "Look at `down --dry-run`, and add --yes if that is meant."
                );
            }
        }
    }

    /// <summary>
    /// Finds everything in the way of an Up whose SQL is known, and refuses it. A run stops at the first statement that
    /// fails, so that only what is asked beforehand can name all.
    /// </summary>
    /// <exception cref="RefusedException">The database has what the plan makes, or a parent would be missing.</exception>
    public void RequireNoObstacle(PreparedPlan prepared)
    {
        var steps = prepared
            .Steps.SkipWhile(step => step.Step.Adopts)
            .TakeWhile(step => !step.MayDiffer && !step.Script.RunsCode)
            .ToArray();
        if (prepared.Downs.Any() || steps.Length == 0)
        {
            return;
        }

        var obstacles = reader.Translate(session =>
            Obstacles.Of(session, steps.Select(step => step.Statements))
        );
        if (Collision.Of(obstacles, steps, OtherHistories.Read(reader)) is { } collision)
        {
            throw collision;
        }

        // A step that is not looked at could make the parent.
        var missing = obstacles.Where(o => o.Kind == ObstacleKind.ParentIsMissing).ToArray();
        if (missing.Length > 0 && steps.Length == prepared.Steps.Count(step => !step.Step.Adopts))
        {
            throw new RefusedException(
                $"{(missing.Length == 1 ? "A foreign key" : "Foreign keys")} would lead nowhere: {string.Join("; ", missing.Select(o => $"{o.Name}, and there is no such table"))}.",
                "Let the migration create the table that is referred to, or change what refers to it."
            )
            {
                Code = ErrorCode.ReferencesWouldBreak,
            };
        }
    }

    /// <summary>Refuses what the request has to allow by name.</summary>
    /// <exception cref="RefusedException">A pending migration declares a breaking change.</exception>
    public static void RequireAllowed(MigrationPlan plan)
    {
        if (plan.AllowsBreaking)
        {
            return;
        }

        foreach (var step in plan.Steps)
        {
            if (
                step is
                {
                    Direction: Direction.Up,
                    Settles: null,
                    Adopts: false,
                    Known.Attribute.BreakingChange: true
                }
            )
            {
                throw new RefusedException(
                    $"{step.Id} is declared a breaking change.",
                    "Add --allow-breaking once nothing depends any more on what it breaks."
                )
                {
                    Code = ErrorCode.BreakingChange,
                };
            }
        }
    }

    /// <summary>Between two transactions a session behind a pooler has no lock, and is another client's.</summary>
    private void RequireLastingSession(PreparedPlan prepared)
    {
        if (
            reader.IsPooled
            && prepared.Steps.FirstOrDefault(step => !step.Step.RunsInTransaction) is { } alone
        )
        {
            throw new DatabaseUnavailableException(
                $"{alone.Step.Id} runs without a transaction, and the database is reached through a pooler, where between its statements the session and its lock are another client's.",
                "Use a direct connection to the server for this run."
            );
        }
    }

    private void RequireAccepted(PreparedStep step)
    {
        var operations = step.Statements.Operations;
        for (var i = 0; i < operations.Count; i++)
        {
            if (
                operations[i] is Statement statement
                && reader.Dialect.RefusalOf(
                    statement,
                    step.Step.RunsInTransaction || reader.EngineWithoutRollback is not null
                )
                    is { } refusal
            )
            {
                throw StepFailure.OfRefusal(step.Step, statement, i + 1, refusal);
            }
        }
    }

    /// <summary>The Downs that reach beyond what a run watches, with what they reach.</summary>
    private IEnumerable<(PreparedStep Down, IReadOnlyList<Reach> Reached)> ReachOf(
        PreparedPlan prepared
    )
    {
        foreach (var down in prepared.Downs)
        {
            var reached = down
                .Statements.All.SelectMany(reader.Dialect.ReachOf)
                .Distinct()
                .ToArray();
            if (reached.Length > 0)
            {
                yield return (down, reached);
            }
        }
    }

    private static string ToWords(IEnumerable<Reach> reached) =>
        string.Join(", ", reached.Select(reach => reach.What));

    /// <summary>Notes where the stored SQL is not what the class would execute: a user who can write the journal may have changed it.</summary>
    private bool DiffersFromClass(PreparedStep stored, MigrationCatalog catalog) =>
        catalog.Find(stored.Step.Id.Version) is { } known
        && StoredDown.DiffersFrom(known, stored.Script.Sql, compiler, reader.Schema);

    private void RequireVisible(PreparedStep stored)
    {
        if (compiler.HidesStatements(stored.Script.Sql))
        {
            throw new RefusedException(
                $"{stored.Step.Id} cannot be reverted: a comment in its stored SQL never ends and may hide statements.",
                $"Look at it with `down --dry-run`, close the comment in VersionJournal.DownSql where Id is {stored.Step.JournalId}, and run the command again."
            );
        }
    }
}
