using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Running.Consents;

/// <summary>Which plans cannot be tried, to tell what they remove, before they are allowed.</summary>
internal static class TrialRules
{
    /// <summary>Refuses a plan that executes something for good before all of it is known.</summary>
    /// <exception cref="RefusedException">It does.</exception>
    public static void RequireTriable(PreparedPlan prepared)
    {
        RequireTriedTogether(prepared);
        if (prepared.Downs.FirstOrDefault(down => !down.Step.RunsInTransaction) is { } outside)
        {
            throw new RefusedException(
                $"{outside.Step.Id} is reverted without a transaction, so it is not known beforehand what it removes.",
                "Look at `down --dry-run`, and add --yes if that is meant."
            )
            {
                Detail = FilesOf(outside.Script),
            };
        }
    }

    /// <summary>What is committed before the rest is tried would stay where the rest is refused.</summary>
    private static void RequireTriedTogether(PreparedPlan prepared)
    {
        if (
            prepared.Plan is { CommitUnit: CommitUnit.Migration, Steps.Count: > 1 }
            && prepared.Downs.Any()
        )
        {
            throw new RefusedException(
                "Each migration would be reverted and committed by itself, so it is not known beforehand what they remove together.",
                "Look at `down --dry-run`, and add --yes if that is meant, or leave --transaction migration out."
            );
        }
    }

    /// <summary>The statements that may use other files, which are never executed without being shown.</summary>
    private static string? FilesOf(MigrationScript script) =>
        script.IsUnrestricted
            ? string.Join(
                '\n',
                script
                    .Operations.OfType<SqlOperation>()
                    .Where(operation => operation.IsUnrestricted)
                    .Select(operation => operation.Sql)
            )
            : null;
}
