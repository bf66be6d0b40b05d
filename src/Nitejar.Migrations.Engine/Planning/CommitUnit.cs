namespace Nitejar.Migrations.Engine.Planning;

/// <summary>What of a run is committed together.</summary>
public enum CommitUnit
{
    /// <summary>All of it: a run that fails leaves the database as it was.</summary>
    Run,

    /// <summary>Each migration: a run that fails leaves those before the one that failed applied, or reverted, and holds locks for a shorter time.</summary>
    Migration,
}
