namespace Nitejar.Migrations.Engine.History.Definitions;

/// <summary>How a run has left an object.</summary>
/// <param name="Digest">The digest of its statement; <see cref="Dropped"/> where the run has dropped it.</param>
/// <param name="Word">The word for its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">The table or view that it belongs to.</param>
internal sealed record RecordedObject(string Digest, string Word, string Name, string Table)
{
    public const string Dropped = "-";

    /// <summary>Stands between the form of a statement and its digest.</summary>
    public const string FormEnd = ":";

    /// <summary>Whether it is gone since.</summary>
    public bool IsDropped => Digest == Dropped;

    /// <summary>Whether an object is as it was left. One whose statement is written in another form by now is taken to be.</summary>
    public bool IsSame(ObjectDefinition found) => Digest == found.Digest || !HasFormOf(found);

    /// <summary>Whether its digest can be compared with that of what is found.</summary>
    public bool HasFormOf(ObjectDefinition found) =>
        found.Form.Length == 0 || Digest.StartsWith(found.Form + FormEnd, StringComparison.Ordinal);

    /// <summary>Whether other objects are dropped with it.</summary>
    public bool OwnsOthers => Word is "table" or "view";

    /// <inheritdoc cref="ObjectDefinition.Key"/>
    public string Key => $"{Word} {Name}";
}
