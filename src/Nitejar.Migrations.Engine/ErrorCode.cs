namespace Nitejar.Migrations.Engine;

/// <summary>Why something was not done, for programs. Members are only ever added.</summary>
public enum ErrorCode
{
    /// <summary>A migration failed.</summary>
    MigrationFailed,

    /// <summary>An error that was not foreseen.</summary>
    Defect,

    /// <summary>The command line or the configuration is wrong.</summary>
    Usage,

    /// <summary>SQLite's library is not beside the program.</summary>
    LibraryMissing,

    /// <summary>A check failed that has no code of its own.</summary>
    CheckFailed,

    /// <summary>The SQL of an applied migration is not what was applied.</summary>
    MigrationChanged,

    /// <summary>The steps or their SQL are not those that were shown or approved.</summary>
    PlanChanged,

    /// <summary>A migration does not pass its verification.</summary>
    VerificationFailed,

    /// <summary>The schema is not as the applied migrations leave it.</summary>
    Drift,

    /// <summary>The lock was not obtained in time.</summary>
    Locked,

    /// <summary>A decision is missing that has no code of its own.</summary>
    Refused,

    /// <summary>Rows would be lost that no consent covers.</summary>
    RowsWouldBeLost,

    /// <summary>A foreign key would refer to a table that does not exist.</summary>
    ReferencesWouldBreak,

    /// <summary>A pending migration is older than an applied one.</summary>
    OutOfOrder,

    /// <summary>A migration declares a breaking change, and that is not allowed.</summary>
    BreakingChange,

    /// <summary>Only a binary that has the migration can do it.</summary>
    UnknownMigration,

    /// <summary>The migration cannot be reverted.</summary>
    Irreversible,

    /// <summary>A migration without a transaction was interrupted and has to be settled first.</summary>
    MigrationInterrupted,

    /// <summary>The database has the objects already that a migration creates.</summary>
    ObjectsExist,

    /// <summary>A person was asked and said no.</summary>
    Declined,

    /// <summary>The objects that the database has already are not as the migrations make them.</summary>
    AdoptionRefused,

    /// <summary>A migration says that it must not run on this database as it is.</summary>
    PreconditionFailed,

    /// <summary>The configuration does not allow this database to be reverted.</summary>
    DownForbidden,

    /// <summary>The database cannot be reached, read or written.</summary>
    Unavailable,

    /// <summary>There is not a database to do it to.</summary>
    Absent,

    /// <summary>The file of the database is empty.</summary>
    EmptyFile,

    /// <summary>A signal ended the program.</summary>
    Interrupted,

    /// <summary>Some of several targets failed; each has an error of its own.</summary>
    TargetsFailed,
}
