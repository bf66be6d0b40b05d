using Nitejar.Migrations.Engine.Rows;

namespace Nitejar.Migrations.Engine.Running.Observing;

/// <summary>Hears what a run is doing. Nothing it hears is final before the run's result.</summary>
public interface IRunObserver
{
    /// <summary>The lock is held by another process, where known by which; the wait ends at this UTC time.</summary>
    void LockWait(DateTime until, string? holder);

    /// <summary>The run is about to commit that these rows are removed; never called with none.</summary>
    void DataTaken(IReadOnlyList<DataLoss> losses) { }

    /// <summary>A step begins, with the SQL that it will execute.</summary>
    void StepStarting(MigrationId migration, Direction direction, string sql);

    /// <summary>A step begins that is not allowed yet: its SQL is executed to learn what it would remove.</summary>
    void StepTried(MigrationId migration, Direction direction, string sql) =>
        StepStarting(migration, direction, sql);

    /// <summary>The backup before the run has come so far, in bytes.</summary>
    void BackupProgress(long copied, long total) { }
}
