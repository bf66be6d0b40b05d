using Nitejar.Migrations.Engine.Databases;

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

    /// <summary>The commit is over and the run goes on: it failed, or another part of the run follows.</summary>
    void CommitEnded() { }

    /// <summary>The backup before the run has come so far, in bytes.</summary>
    void BackupProgress(long copied, long total) { }
}
