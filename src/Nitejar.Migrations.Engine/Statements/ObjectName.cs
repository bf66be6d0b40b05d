namespace Nitejar.Migrations.Engine.Statements;

/// <summary>The name of a table, a view or a sequence.</summary>
/// <param name="Schema">The schema that it is in; <see langword="null"/> where the kind of database has only one.</param>
/// <param name="Name">Its name in that schema.</param>
public sealed record ObjectName(string? Schema, string Name)
{
    /// <summary>The name as people write it, without quotes.</summary>
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}
