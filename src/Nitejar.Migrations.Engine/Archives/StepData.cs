using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>What a step does with rows beyond its own statements.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Direction">Which way it goes.</param>
/// <param name="RunId">The run.</param>
/// <param name="KeepRows">Whether a Down archives what it removes, and an Up puts it back; else it is lost, or discarded.</param>
internal sealed record StepScope(
    MigrationId Migration,
    Direction Direction,
    string RunId,
    bool KeepRows
)
{
    /// <summary>Of a Down: the SQL of the Up that it reverts; <see langword="null"/> where the journal does not have it.</summary>
    public Func<string?> RevertedSql { get; init; } = static () => null;

    /// <summary>Whether it has no transaction, so that each of its statements is committed by itself.</summary>
    public bool CommitsEachStatement { get; init; }

    /// <summary>Of an Up: whether it executes from its beginning what the last Down of the migration reverted.</summary>
    public Func<bool> IsUnchanged { get; init; } = static () => false;
}

/// <summary>What a step has moved into the archive or out of it.</summary>
/// <param name="Archived">Rows that a Down moved into the archive.</param>
/// <param name="Restored">Rows that an Up restored.</param>
/// <param name="Discarded">Rows that an Up removed from the archive for good.</param>
public sealed record StepData(
    IReadOnlyList<ArchiveEntry> Archived,
    IReadOnlyList<RestoredRows> Restored,
    long Discarded
)
{
    /// <summary>Nothing.</summary>
    public static StepData None { get; } = new([], [], Discarded: 0);

    /// <summary>Whether an Up has found rows of which its migration, as it is now, may know nothing.</summary>
    public bool IsOfChangedMigration { get; init; }
}

/// <summary>Archived rows of one table, or values of one column, and their outcome.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column; <see langword="null"/> for whole rows.</param>
/// <param name="Rows">How many were restored.</param>
/// <param name="Left">How many stay in the archive.</param>
/// <param name="Reason">Why they stay; <see langword="null"/> when none does.</param>
public sealed record RestoredRows(
    string Table,
    string? Column,
    long Rows,
    long Left,
    string? Reason
)
{
    /// <summary>Whether those that stay come back by themselves with a later migration, whose rows they refer to.</summary>
    public bool AreWaiting { get; init; }

    /// <summary><c>table</c> or <c>table.column</c>.</summary>
    public string Name => Column is null ? Table : $"{Table}.{Column}";
}
