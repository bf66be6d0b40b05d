using FluentMigrator.Runner.Constraints;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Versioning;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Planning;

/// <summary>Which pending migrations a run chooses: by their tags, and by what their constraints say of the history.</summary>
internal sealed class Choice(UpRequest request, MigrationHistory history)
{
    private MigrationConstraintContext? _context;

    /// <exception cref="MigrationFailedException">A constraint threw.</exception>
    public bool Includes(KnownMigration known)
    {
        if (!known.Tags.AreChosenBy(request.Tags))
        {
            return false;
        }

        foreach (var constraint in known.Constraints)
        {
            if (!Holds(constraint, known))
            {
                return false;
            }
        }

        return true;
    }

    private bool Holds(MigrationConstraintAttribute constraint, KnownMigration known)
    {
        try
        {
            return constraint.ShouldRun(_context ??= Context());
        }
        catch (Exception e)
        {
            throw new MigrationFailedException(
                $"A constraint of {known.Id} failed: {e.Message.TrimEnd()}",
                "Correct the constraint; nothing was executed.",
                e
            );
        }
    }

    private MigrationConstraintContext Context()
    {
        var applied = new VersionInfo();
        foreach (var migration in history.Applied)
        {
            applied.AddAppliedMigration(migration.Version);
        }

        return new MigrationConstraintContext
        {
            VersionInfo = applied,
            RunnerOptions = new RunnerOptions
            {
                Task = "migrate:up",
                Version = request.To ?? 0,
                Steps = request.Steps ?? 0,
                Tags = [.. request.Tags],
                AllowBreakingChange = request.AllowBreaking,
                TransactionPerSession = true,
            },
        };
    }
}
