using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Comparing;

/// <summary>Where something is in a schema.</summary>
/// <param name="Owner">The table, view or sequence.</param>
/// <param name="Part">
/// A column, an index, a trigger or a constraint of it: its name, or what it says where it has none; <see langword="null"/>
/// for all of it.
/// </param>
public sealed record SchemaPath(ObjectName Owner, string? Part = null)
{
    /// <summary>The path as people write it: <c>books.title</c>.</summary>
    public override string ToString() => Part is null ? Owner.ToString() : $"{Owner}.{Part}";
}
