using Nitejar.Migrations.Engine.Rows;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>Hears what a run is doing. Nothing it hears is final before the run's result.</summary>
public interface IRunObserver
{
    /// <summary>The lock is held by somebody else, where known by whom; the wait ends at this UTC time.</summary>
    void LockWait(DateTime until, string? holder);

    /// <summary>The run is about to commit that these rows are taken away; never called with none.</summary>
    void DataTaken(IReadOnlyList<DataLoss> losses) { }

    /// <summary>A step begins, with the SQL that it will execute.</summary>
    void StepStarting(MigrationId migration, Direction direction, string sql);

    /// <summary>Everything is done and checked; the commit begins. From here on the run ends as the commit ends.</summary>
    /// <exception cref="OperationCanceledException">The run is not to be committed.</exception>
    void Committing() { }

    /// <summary>The commit failed: the run is being rolled back, or begins again.</summary>
    void CommitFailed() { }

    /// <summary>A part of the run is committed, and the run goes on: what follows can be undone, that part cannot.</summary>
    void PartCommitted() { }

    /// <summary>The backup before the run has come so far, in bytes.</summary>
    void BackupProgress(long copied, long total) { }
}
