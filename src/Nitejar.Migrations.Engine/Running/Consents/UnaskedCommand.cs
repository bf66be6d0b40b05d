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
        CommandFor(request, plan, history)
        + (plan.CommitUnit == CommitUnit.Migration ? " --transaction migration" : "");

    private static string CommandFor(
        MigrationRequest request,
        MigrationPlan plan,
        MigrationHistory history
    ) =>
        request switch
        {
            DownRequest when plan.LastKept(history) is { } kept => Invariant(
                $"down --to {kept.Version} --yes"
            ),
            DownRequest => "down --all --yes",
            RedoRequest redo => Invariant($"redo --steps {redo.Steps} --yes"),
            AdoptRequest => "adopt",
            _ => "up",
        };
}
