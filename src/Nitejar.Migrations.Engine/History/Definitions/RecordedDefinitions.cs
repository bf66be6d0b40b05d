namespace Nitejar.Migrations.Engine.History.Definitions;

/// <summary>
/// How runs have left the objects that they made or changed, as the journal says. Objects that no run has touched are not
/// in it, and so neither are those of other owners.
/// </summary>
/// <param name="names">Tells which names are the same.</param>
internal sealed class RecordedDefinitions(IEqualityComparer<string> names)
{
    private readonly Dictionary<string, RecordedObject> _objects = new(names);
    private string? _unsettledRun;

    /// <summary>
    /// Takes a row of the journal. What earlier rows say counts no more once a run is followed by another that left no
    /// record: a binary from before there was one.
    /// </summary>
    public void Add(string runId, string? record)
    {
        if (_unsettledRun is { } unsettled && unsettled != runId)
        {
            _objects.Clear();
        }

        _unsettledRun = record is null ? runId : null;
        switch (record)
        {
            case null:
                break;
            case DefinitionRecord.Unknown:
                _objects.Clear();
                break;
            default:
                foreach (var made in DefinitionRecord.Read(record))
                {
                    Take(made);
                }

                break;
        }
    }

    /// <summary>Ends the rows of the journal.</summary>
    public void End()
    {
        if (_unsettledRun is not null)
        {
            _objects.Clear();
        }
    }

    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => _objects.Count == 0;

    /// <summary>Whether runs have left it, in whatever way.</summary>
    public bool Knows(ObjectDefinition found) => _objects.ContainsKey(found.Key);

    /// <summary>Whether an object is as runs have left it.</summary>
    public bool Has(ObjectDefinition found) =>
        _objects.TryGetValue(found.Key, out var recorded) && recorded.IsSame(found);

    /// <summary>Whether it cannot be told if an object is as runs have left it, since its statement is written in another form.</summary>
    public bool IsOutdated(ObjectDefinition found) =>
        _objects.TryGetValue(found.Key, out var recorded) && !recorded.HasFormOf(found);

    /// <summary>The objects that are not as runs have left them, were added to tables of the migrations, or are gone: <c>index idx_agents_name</c>.</summary>
    public IReadOnlyList<string> DifferencesFrom(IReadOnlyList<ObjectDefinition> found)
    {
        if (IsEmpty)
        {
            return [];
        }

        var present = new HashSet<string>(names);
        var differences = new List<string>();
        foreach (var definition in found)
        {
            present.Add(definition.Key);
            if (IsOwned(definition) && !Has(definition))
            {
                differences.Add(definition.Key);
            }
        }

        foreach (var key in _objects.Keys)
        {
            if (!present.Contains(key))
            {
                differences.Add(key);
            }
        }

        differences.Sort(StringComparer.Ordinal);
        return differences;
    }

    /// <summary>Whether a run has made it, or the table that it belongs to.</summary>
    private bool IsOwned(ObjectDefinition found) =>
        Knows(found)
        || _objects.ContainsKey($"table {found.Table}")
        || _objects.ContainsKey($"view {found.Table}");

    private void Take(RecordedObject made)
    {
        if (!made.IsDropped)
        {
            _objects[made.Key] = made;
            return;
        }

        _objects.Remove(made.Key);
        if (!made.OwnsOthers)
        {
            return;
        }

        foreach (var (key, other) in _objects)
        {
            if (names.Equals(other.Table, made.Table))
            {
                _objects.Remove(key);
            }
        }
    }
}
