namespace Nitejar.Migrations.Engine.Trust.Verifying.Seeding;

/// <summary>A row to be: the values of its columns; a column that it does not name gets its default.</summary>
internal sealed class SeedRow(IEqualityComparer<string> names) : Dictionary<string, object?>(names)
{
    /// <summary>The same values.</summary>
    public SeedRow Copy()
    {
        var copy = new SeedRow(Comparer);
        foreach (var (column, value) in this)
        {
            copy[column] = value;
        }

        return copy;
    }

    /// <summary>The same with what another row has in this column, which may be nothing.</summary>
    public SeedRow With(string column, SeedRow other)
    {
        var copy = Copy();
        if (other.TryGetValue(column, out var value))
        {
            copy[column] = value;
        }
        else
        {
            copy.Remove(column);
        }

        return copy;
    }
}
