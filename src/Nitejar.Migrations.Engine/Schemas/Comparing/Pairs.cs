namespace Nitejar.Migrations.Engine.Schemas.Comparing;

/// <summary>Pairs the items of two sides.</summary>
internal static class Pairs
{
    /// <summary>Pairs items by name: those of the first side in their order, then the others of the second.</summary>
    public static IEnumerable<(T? Before, T? After)> Of<T, TName>(
        IReadOnlyList<T> before,
        IReadOnlyList<T> after,
        Func<T, TName> nameOf,
        IEqualityComparer<TName> names
    )
        where T : class
        where TName : notnull
    {
        var more = new Dictionary<TName, T>(after.Count, names);
        foreach (var item in after)
        {
            more.TryAdd(nameOf(item), item);
        }

        foreach (var item in before)
        {
            yield return more.Remove(nameOf(item), out var other) ? (item, other) : (item, null);
        }

        foreach (var item in after)
        {
            if (more.TryGetValue(nameOf(item), out var left) && ReferenceEquals(left, item))
            {
                yield return (null, item);
            }
        }
    }

    /// <summary>Pairs items by rules: each rule is applied to all items that the rules before it left.</summary>
    public static IEnumerable<(T? Before, T? After)> Of<T>(
        IReadOnlyList<T> before,
        IReadOnlyList<T> after,
        params Func<T, T, bool>[] rules
    )
        where T : class
    {
        var missing = before.ToList();
        var more = after.ToList();
        foreach (var rule in rules)
        {
            foreach (var item in missing.ToArray())
            {
                if (more.Find(other => rule(item, other)) is { } found)
                {
                    missing.Remove(item);
                    more.Remove(found);
                    yield return (item, found);
                }
            }
        }

        foreach (var item in missing)
        {
            yield return (item, null);
        }

        foreach (var item in more)
        {
            yield return (null, item);
        }
    }
}
