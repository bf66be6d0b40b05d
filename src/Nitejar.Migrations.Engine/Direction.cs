namespace Nitejar.Migrations.Engine;

/// <summary>Which way a step goes.</summary>
public enum Direction
{
    /// <summary>Apply the migration.</summary>
    Up,

    /// <summary>Revert the migration.</summary>
    Down,
}
