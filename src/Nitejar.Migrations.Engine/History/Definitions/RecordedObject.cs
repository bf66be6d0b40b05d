namespace Nitejar.Migrations.Engine.History.Definitions;

/// <summary>How a run has left an object.</summary>
/// <param name="Digest">The digest of its statement; <see cref="Dropped"/> where the run has dropped it.</param>
/// <param name="Word">The word for its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">The table or view that it belongs to.</param>
internal sealed record RecordedObject(string Digest, string Word, string Name, string Table)
{
    public const string Dropped = "-";

    /// <summary>Whether it is gone since.</summary>
    public bool IsDropped => Digest == Dropped;

    /// <summary>Whether other objects are dropped with it.</summary>
    public bool OwnsOthers => Word is "table" or "view";

    /// <inheritdoc cref="ObjectDefinition.Key"/>
    public string Key => $"{Word} {Name}";
}
