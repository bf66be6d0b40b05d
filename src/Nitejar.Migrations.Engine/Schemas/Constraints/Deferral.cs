namespace Nitejar.Migrations.Engine.Schemas.Constraints;

/// <summary>When a constraint is checked.</summary>
public enum Deferral
{
    /// <summary>With each statement.</summary>
    NotDeferrable,

    /// <summary>With each statement, unless a transaction asks for its end (DEFERRABLE INITIALLY IMMEDIATE).</summary>
    InitiallyImmediate,

    /// <summary>At the end of the transaction (DEFERRABLE INITIALLY DEFERRED).</summary>
    InitiallyDeferred,
}
