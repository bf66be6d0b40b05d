namespace Nitejar.Migrations.Engine.Running;

/// <summary>Hears what a run is doing. Nothing it hears is final before the run's result.</summary>
public interface IRunObserver
{
    /// <summary>The lock is held by somebody else; the wait ends at this UTC time.</summary>
    void LockWait(DateTime until);

    /// <summary>A step begins, with the SQL that it will execute.</summary>
    void StepStarting(MigrationId migration, Direction direction, string sql);

    /// <summary>The backup before the run has come so far, in bytes.</summary>
    void BackupProgress(long copied, long total) { }
}
