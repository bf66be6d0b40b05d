namespace Nitejar.Migrations.Engine.Catalog;

/// <summary>
/// Declares that rows or values of a migration do not come back after its Down and its Up, and why that is meant. Without
/// it <c>verify</c> fails where rows are lost that the archive does not keep. Nothing else reads it. A project that
/// references FluentMigrator alone writes <c>[MigrationTrait("LosesData", "why")]</c> instead.
/// </summary>
/// <param name="reason">Why, in a sentence or a part of one, for the reviewer who reads the result.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LosesDataAttribute(string reason) : Attribute
{
    /// <summary>The name of FluentMigrator's trait that says the same.</summary>
    internal const string Trait = "LosesData";

    /// <summary>Why.</summary>
    public string Reason { get; } = reason;
}
