using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Rows;

namespace Nitejar.Migrations.Engine.Running.Consents;

/// <summary>What a run has tried and wants to commit: the plan, and what it removes.</summary>
/// <param name="Plan">What was executed.</param>
/// <param name="Losses">What would be gone; may be empty.</param>
/// <param name="Command">The command that does it without a question, and nothing beyond it: <c>down --to 1 --yes</c>.</param>
public sealed record Proposal(Fingerprint Plan, IReadOnlyList<DataLoss> Losses, string Command)
{
    /// <summary>What else has to be meant, in sentences without their dots; usually nothing.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>What to do about a refusal, in a sentence.</summary>
    public string NextStep =>
        Losses.Any(loss => loss.Archived > 0)
            ? $"Run `{Command}` if that is meant; the next `up` puts back what the archive keeps."
            : $"Run `{Command}` if that is meant.";

    /// <summary>
    /// Whether who was shown this has seen all that the other one removes: from the same tables and columns, not
    /// more in number, and not more of it past the archive.
    /// </summary>
    internal bool CoversLossesOf(Proposal other)
    {
        // A table has an entry for each DELETE.
        var shown = Losses.ToLookup(Place);
        return other
            .Losses.GroupBy(Place)
            .All(now =>
                now.Sum(loss => loss.Rows) <= shown[now.Key].Sum(loss => loss.Rows)
                && now.Sum(NotArchived) <= shown[now.Key].Sum(NotArchived)
            );
    }

    private static (string, string?, bool) Place(DataLoss loss) =>
        (loss.Table, loss.Column, loss.IsChange);

    private static long NotArchived(DataLoss loss) => loss.Rows - loss.Archived;
}
