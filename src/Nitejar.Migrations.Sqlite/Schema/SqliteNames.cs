namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>Names are the same as SQLite sees it: without regard to the case of A to Z, and of no other letter.</summary>
internal sealed class SqliteNames : IEqualityComparer<string>
{
    public static SqliteNames Comparer { get; } = new();

    public bool Equals(string? x, string? y)
    {
        if (x is null || y is null || x.Length != y.Length)
        {
            return ReferenceEquals(x, y);
        }

        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] != y[i] && Fold(x[i]) != Fold(y[i]))
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(string obj)
    {
        const int usual = 128;
        if (obj.Length > usual)
        {
            return string.GetHashCode(Fold(obj));
        }

        Span<char> folded = stackalloc char[usual];
        for (var i = 0; i < obj.Length; i++)
        {
            folded[i] = Fold(obj[i]);
        }

        return string.GetHashCode(folded[..obj.Length]);
    }

    /// <summary>The name with A to Z in lower case.</summary>
    public static string Fold(string name) =>
        name.AsSpan().ContainsAnyInRange('A', 'Z')
            ? string.Create(
                name.Length,
                name,
                static (folded, name) =>
                {
                    for (var i = 0; i < name.Length; i++)
                    {
                        folded[i] = Fold(name[i]);
                    }
                }
            )
            : name;

    private static char Fold(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
}
