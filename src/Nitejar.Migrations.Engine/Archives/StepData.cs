namespace Nitejar.Migrations.Engine.Archives;

/// <summary>What a step does with rows beyond its own statements.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Direction">Which way it goes.</param>
/// <param name="RunId">The run.</param>
/// <param name="KeepRows">Whether a Down archives what it drops, and an Up puts it back; else it is lost, or discarded.</param>
public sealed record StepScope(
    MigrationId Migration,
    Direction Direction,
    string RunId,
    bool KeepRows
);

/// <summary>What a step has moved into the archive or out of it.</summary>
/// <param name="Archived">Rows that a Down moved into the archive.</param>
/// <param name="Restored">Rows that an Up put back.</param>
/// <param name="Discarded">Rows that an Up removed from the archive for good.</param>
public sealed record StepData(
    IReadOnlyList<ArchiveEntry> Archived,
    IReadOnlyList<RestoredRows> Restored,
    long Discarded
)
{
    /// <summary>Nothing.</summary>
    public static StepData None { get; } = new([], [], Discarded: 0);
}

/// <summary>Archived rows of one table, or values of one column, and what became of them.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column; <see langword="null"/> for whole rows.</param>
/// <param name="Rows">How many were put back.</param>
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
    /// <summary><c>table</c> or <c>table.column</c>.</summary>
    public string Name => Column is null ? Table : $"{Table}.{Column}";
}
