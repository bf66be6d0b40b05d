using System.Text;

namespace Nitejar.Migrations.Engine.History.Definitions;

/// <summary>
/// Tells what a run makes of a schema. An object that was not as the journal has it before the run stays as it is recorded,
/// so that a change by hand is not taken for the work of a migration that changes the object too.
/// </summary>
internal sealed class DefinitionWatch
{
    private readonly IEqualityComparer<string> _names;
    private readonly Dictionary<string, ObjectDefinition> _before;
    private readonly RecordedDefinitions _recorded;

    /// <summary>Begins before the first step.</summary>
    /// <param name="before">What is there.</param>
    /// <param name="recorded">What the journal says of it.</param>
    /// <param name="names">Tells which names are the same.</param>
    public DefinitionWatch(
        IReadOnlyList<ObjectDefinition> before,
        RecordedDefinitions recorded,
        IEqualityComparer<string> names
    )
    {
        _names = names;
        _recorded = recorded;
        _before = ByKey(before);
    }

    /// <summary>Says what has changed, for the journal; empty where nothing has.</summary>
    /// <param name="after">What is there after the last step.</param>
    /// <param name="adopted">The tables that the run has adopted.</param>
    public string Describe(
        IReadOnlyList<ObjectDefinition> after,
        IReadOnlyCollection<string> adopted
    )
    {
        var text = new StringBuilder();
        if (_before.Count > 0)
        {
            AddDropped(text, ByKey(after));
        }

        foreach (var definition in after)
        {
            if (IsWorkOfRun(definition, adopted))
            {
                DefinitionRecord.Add(text, definition.Digest, definition);
            }
        }

        return text.ToString();
    }

    private void AddDropped(StringBuilder text, Dictionary<string, ObjectDefinition> present)
    {
        foreach (var (key, gone) in _before)
        {
            if (!present.ContainsKey(key) && _recorded.Knows(gone))
            {
                DefinitionRecord.Add(text, RecordedObject.Dropped, gone);
            }
        }
    }

    private bool IsWorkOfRun(ObjectDefinition after, IReadOnlyCollection<string> adopted)
    {
        if (!_before.TryGetValue(after.Key, out var before))
        {
            return true;
        }

        var isAdopted = IsAny(adopted, before.Table);
        return isAdopted
            || (before != after && _recorded.Has(before))
            || _recorded.IsOutdated(before);
    }

    private bool IsAny(IReadOnlyCollection<string> tables, string table)
    {
        foreach (var other in tables)
        {
            if (_names.Equals(other, table))
            {
                return true;
            }
        }

        return false;
    }

    private Dictionary<string, ObjectDefinition> ByKey(IReadOnlyList<ObjectDefinition> objects)
    {
        var byKey = new Dictionary<string, ObjectDefinition>(objects.Count, _names);
        foreach (var definition in objects)
        {
            byKey[definition.Key] = definition;
        }

        return byKey;
    }
}
