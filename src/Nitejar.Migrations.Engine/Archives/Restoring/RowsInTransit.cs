using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>Rows that are in their tables for the time of a run, until it is known whether they stay.</summary>
/// <param name="Waiting">Archived rows that wait for what they refer to.</param>
/// <param name="Kept">Rows of Ups that stay until their later form is back, because something refers to them.</param>
internal sealed record RowsInTransit(WaitingRows Waiting, KeptSeeds Kept)
{
    /// <summary>Follows what a statement has done to the tables.</summary>
    public void After(Statement statement)
    {
        Waiting.After(statement);
        Kept.After(statement);
    }

    /// <summary>Settles them before the run is committed.</summary>
    /// <returns>What was taken out of the tables and is in the archive.</returns>
    public IReadOnlyList<ArchiveEntry> Settle(string runId)
    {
        Kept.Settle();
        return Waiting.Park(runId);
    }
}
