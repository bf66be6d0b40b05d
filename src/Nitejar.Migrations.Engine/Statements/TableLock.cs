namespace Nitejar.Migrations.Engine.Statements;

/// <summary>Whom the lock of a table keeps out until its transaction ends, the weaker first.</summary>
public enum LockLevel
{
    /// <summary>Others can read the table, and wait to write it.</summary>
    Writers,

    /// <summary>Others wait to read the table, too.</summary>
    Everyone,
}

/// <summary>The lock of a table that is there.</summary>
/// <param name="table">The table.</param>
/// <param name="level">Whom it keeps out.</param>
public sealed class TableLock(string table, LockLevel level)
{
    /// <summary>The table.</summary>
    public string Table => table;

    /// <summary>Whom it keeps out.</summary>
    public LockLevel Level => level;

    /// <summary>About how many rows a statement works through while it has the lock; 0 where it need not look at them.</summary>
    internal long RowsToWorkThrough { get; init; }

    /// <summary>Whether the role of the session may take the lock by itself, without the statement that needs it.</summary>
    internal bool CanBeTaken { get; init; } = true;

    /// <summary>Both locks of one table as one.</summary>
    internal TableLock With(TableLock other) =>
        new(table, level > other.Level ? level : other.Level)
        {
            RowsToWorkThrough = Math.Max(RowsToWorkThrough, other.RowsToWorkThrough),
            CanBeTaken = CanBeTaken,
        };
}
