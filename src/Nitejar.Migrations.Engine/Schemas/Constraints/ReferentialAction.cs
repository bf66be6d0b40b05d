namespace Nitejar.Migrations.Engine.Schemas.Constraints;

/// <summary>What becomes of rows whose parent is deleted, or whose parent's key changes.</summary>
public enum ReferentialAction
{
    /// <summary>The change fails, unless something else has mended it by the time of the check.</summary>
    NoAction,

    /// <summary>The change fails at once.</summary>
    Restrict,

    /// <summary>The rows are deleted or changed with it.</summary>
    Cascade,

    /// <summary>They refer to nothing from then on.</summary>
    SetNull,

    /// <summary>They refer to the default from then on.</summary>
    SetDefault,
}
