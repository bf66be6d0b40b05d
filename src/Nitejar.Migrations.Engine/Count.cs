namespace Nitejar.Migrations.Engine;

/// <summary>Numbers with their noun, as people write them.</summary>
public static class Count
{
    /// <summary><c>1 row</c>, <c>2 rows</c>; for nouns whose plural ends in s.</summary>
    public static string Of(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
