namespace Nitejar.Migrations.Engine.Backups;

/// <summary>A table and its rows.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">How many.</param>
public sealed record TableRows(string Table, long Rows);

/// <summary>What a database holds, as far as it matters before it is replaced.</summary>
/// <param name="Versions">The applied versions, in the order of application.</param>
/// <param name="Tables">Every table but the migrator's own, by name.</param>
public sealed record DatabaseContent(
    IReadOnlyList<string> Versions,
    IReadOnlyList<TableRows> Tables
);

/// <summary>What a restore would do.</summary>
/// <param name="Now">What would be replaced; <see langword="null"/> where there is not a database, or none that can be read.</param>
/// <param name="Then">What would be there.</param>
/// <param name="Damage">Why the database cannot be read and would be moved aside; <see langword="null"/> where it can, or is missing.</param>
/// <param name="MadeAt">When the backup was made, in UTC: by its name, or else when its file was written.</param>
public sealed record RestorePreview(
    DatabaseContent? Now,
    DatabaseContent Then,
    string? Damage,
    DateTime MadeAt
);

/// <summary>A restore that is done.</summary>
/// <param name="Backup">The backup of what was there; <see langword="null"/> for none.</param>
/// <param name="MovedAside">Where the damaged database is now; <see langword="null"/> where none was.</param>
/// <param name="Bytes">The size of what was restored.</param>
/// <param name="Duration">How long it took, without the check of the backup and any question.</param>
/// <param name="Warnings">Sentences for a person.</param>
/// <param name="MadeAt">When the backup was made, in UTC: by its name, or else when its file was written.</param>
public sealed record RestoreResult(
    string? Backup,
    string? MovedAside,
    long Bytes,
    TimeSpan Duration,
    IReadOnlyList<string> Warnings,
    DateTime MadeAt
);
