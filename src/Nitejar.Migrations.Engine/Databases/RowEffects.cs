namespace Nitejar.Migrations.Engine.Databases;

/// <summary>Which rows SQL may change or delete.</summary>
/// <param name="Tables">For each table the columns that are changed; <see langword="null"/> where rows may be deleted or changed in any way.</param>
internal sealed record RowEffects(IReadOnlyDictionary<string, IReadOnlySet<string>?> Tables)
{
    /// <summary>Whether it cannot be told from the SQL.</summary>
    public bool AreUnknown { get; init; }

    /// <summary>Whether rows of a table may be deleted or changed in any way.</summary>
    public bool MayDelete(string table) =>
        AreUnknown || (Tables.TryGetValue(table, out var columns) && columns is null);

    /// <summary>Whether values of a column may be changed.</summary>
    public bool MayChange(string table, string column) =>
        MayDelete(table)
        || (Tables.TryGetValue(table, out var columns) && columns!.Contains(column));
}
