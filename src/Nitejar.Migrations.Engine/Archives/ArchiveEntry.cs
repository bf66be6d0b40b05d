using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>Rows that a Down took out of a table and that are kept.</summary>
/// <param name="Id">Ascending in the order of archiving.</param>
/// <param name="RunId">The run that archived them.</param>
/// <param name="Migration">The migration that was reverted.</param>
/// <param name="Table">The table that they came from.</param>
/// <param name="Column">The dropped column whose values they are; <see langword="null"/> for whole rows.</param>
/// <param name="State">What will become of them.</param>
/// <param name="Reason">Why they are left over or wait; <see langword="null"/> while they are kept for the next Up.</param>
/// <param name="Rows">How many.</param>
/// <param name="ArchivedAt">UTC, by the clock of the machine that archived them.</param>
public sealed record ArchiveEntry(
    long Id,
    string RunId,
    MigrationId Migration,
    string Table,
    string? Column,
    ArchiveState State,
    string? Reason,
    long Rows,
    DateTime ArchivedAt
)
{
    /// <summary>The table that holds them.</summary>
    public string ArchiveTable =>
        string.Create(CultureInfo.InvariantCulture, $"VersionArchive_{Id}");
}

/// <summary>What will become of archived rows.</summary>
public enum ArchiveState
{
    /// <summary>The next Up of their migration puts them back.</summary>
    Kept,

    /// <summary>Their migration is applied again; the Up of another one, whose archived rows they refer to, puts them back.</summary>
    Waiting,

    /// <summary>They did not fit when they should have been restored; they stay until they are purged.</summary>
    LeftOver,
}
