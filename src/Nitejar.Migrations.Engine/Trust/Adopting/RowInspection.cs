namespace Nitejar.Migrations.Engine.Trust.Adopting;

/// <summary>Whether rows are looked at, which takes time in proportion to them.</summary>
internal enum RowInspection
{
    /// <summary>Keys that hold NULL and rows without a parent are looked for.</summary>
    Included,

    /// <summary>No row is read, because it will be before anything is decided.</summary>
    Skipped,
}
