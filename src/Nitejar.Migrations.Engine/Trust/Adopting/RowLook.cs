namespace Nitejar.Migrations.Engine.Trust.Adopting;

/// <summary>Whether rows are looked at, which takes time in proportion to them.</summary>
internal enum RowLook
{
    /// <summary>They are: keys that hold NULL, and rows without a parent.</summary>
    Taken,

    /// <summary>They are not, since they will be before anything is decided.</summary>
    Left,
}
