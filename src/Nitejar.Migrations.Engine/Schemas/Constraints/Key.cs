namespace Nitejar.Migrations.Engine.Schemas.Constraints;

/// <summary>A primary key or a UNIQUE constraint.</summary>
/// <param name="Name">The constraint's name; <see langword="null"/> without one.</param>
/// <param name="Parts">Its columns.</param>
/// <param name="OnConflict">What happens to a row whose key exists already.</param>
public sealed record Key(string? Name, IReadOnlyList<IndexPart> Parts, ConflictRule OnConflict)
{
    /// <summary>The names of its columns, in its order.</summary>
    public IEnumerable<string> Columns => Parts.Select(part => part.Column).OfType<string>();

    /// <summary>When it is checked.</summary>
    public Deferral Deferral { get; init; }
}
