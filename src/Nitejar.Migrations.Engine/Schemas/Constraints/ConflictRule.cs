namespace Nitejar.Migrations.Engine.Schemas.Constraints;

/// <summary>What happens to a row that breaks a constraint (SQLite's ON CONFLICT), unless the statement says otherwise.</summary>
public enum ConflictRule
{
    /// <summary>The statement fails and is undone.</summary>
    Abort,

    /// <summary>The statement fails; rows that it has written before stay.</summary>
    Fail,

    /// <summary>The row is left out.</summary>
    Ignore,

    /// <summary>The rows in its way are deleted; in place of NULL it gets the default.</summary>
    Replace,

    /// <summary>The whole transaction is undone.</summary>
    Rollback,
}
