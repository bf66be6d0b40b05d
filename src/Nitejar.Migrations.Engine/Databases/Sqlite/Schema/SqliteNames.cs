namespace Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

/// <summary>Names are the same as SQLite sees it: without regard to the case of A to Z, and of no other letter.</summary>
internal sealed class SqliteNames : IEqualityComparer<string>
{
    public static SqliteNames Comparer { get; } = new();

    public bool Equals(string? x, string? y) =>
        x is null || y is null ? ReferenceEquals(x, y) : x.Length == y.Length && Fold(x) == Fold(y);

    public int GetHashCode(string obj) => Fold(obj).GetHashCode(StringComparison.Ordinal);

    private static string Fold(string name) =>
        string.Create(
            name.Length,
            name,
            static (folded, name) =>
            {
                for (var i = 0; i < name.Length; i++)
                {
                    folded[i] = char.IsAsciiLetterUpper(name[i])
                        ? char.ToLowerInvariant(name[i])
                        : name[i];
                }
            }
        );
}
