using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using static System.FormattableString;

namespace Nitejar.Migrations.Engine.Running.Consents;

/// <summary>The command that does what a plan does without a question.</summary>
internal static class UnaskedCommand
{
    /// <summary>Names where a Down ends, so that it goes no further whatever is applied or reverted until it is run.</summary>
    public static string For(
        MigrationRequest request,
        MigrationPlan plan,
        MigrationHistory history
    ) =>
        request switch
        {
            DownRequest when LastKept(plan, history) is { } kept => Invariant(
                $"down --to {kept.Version} --yes"
            ),
            DownRequest => "down --all --yes",
            RedoRequest redo => Invariant($"redo --steps {redo.Steps} --yes"),
            _ => "up",
        };

    private static AppliedMigration? LastKept(MigrationPlan plan, MigrationHistory history)
    {
        var reverted = plan.Steps.Select(step => step.Id.Version).ToHashSet();
        return history.Applied.LastOrDefault(applied => !reverted.Contains(applied.Version));
    }
}
