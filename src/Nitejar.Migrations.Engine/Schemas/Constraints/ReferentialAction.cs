namespace Nitejar.Migrations.Engine.Schemas.Constraints;

/// <summary>What happens to rows whose parent is deleted, or whose parent's key changes.</summary>
public enum ReferentialAction
{
    /// <summary>The change fails, unless no row refers to the old key any longer when it is checked.</summary>
    NoAction,

    /// <summary>The change fails at once.</summary>
    Restrict,

    /// <summary>The rows are deleted or changed with it.</summary>
    Cascade,

    /// <summary>Their key becomes NULL.</summary>
    SetNull,

    /// <summary>Their key becomes the default.</summary>
    SetDefault,
}
