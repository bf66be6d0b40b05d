namespace Nitejar.Database.Github;

/// <summary>
/// Inserts rows, or updates those that are there and differ. Rows that say the same stay untouched, their
/// <c>updated_at</c> too. Both databases take this statement as it is.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The unique column that tells whether a row is there.</param>
/// <param name="Columns">The other columns.</param>
internal sealed record Upsert(string Table, string Key, IReadOnlyList<UpsertColumn> Columns)
{
    /// <param name="rows">Placeholders in parentheses, <see cref="Key"/> first, one group a row.</param>
    /// <param name="now">Expression for the database's clock.</param>
    public string Sql(IEnumerable<string> rows, string now)
    {
        var names = string.Join(", ", Columns.Select(column => column.Name));
        var assignments = Columns.Select(column => $"{column.Name} = {column.Merged}");
        var differences = Columns.Select(column =>
            $"{column.Merged} IS DISTINCT FROM {Table}.{column.Name}"
        );
        return $"""
            INSERT INTO {Table} ({Key}, {names})
            VALUES {string.Join(", ", rows)}
            ON CONFLICT ({Key}) DO UPDATE
            SET {string.Join(", ", assignments)}, {Mapping.Names.UpdatedAt} = {now}
            WHERE {string.Join(" OR ", differences)}
            """;
    }
}

/// <summary>A column of an <see cref="Upsert"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Merged">Expression for its value where a row is there; the new one is <c>excluded</c>.</param>
internal sealed record UpsertColumn(string Name, string Merged)
{
    /// <summary>The new value wins.</summary>
    public static UpsertColumn Replaced(string name) => new(name, $"excluded.{name}");

    /// <summary>The new value wins unless it is NULL.</summary>
    public static UpsertColumn KeptIfUnknown(string table, string name) =>
        new(name, $"coalesce(excluded.{name}, {table}.{name})");
}
