using System.Text;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>Types of columns as SQLite reports and stores them.</summary>
internal static class SqliteTypes
{
    /// <summary>Types that SQLite reports in capitals, however they are written.</summary>
    private static readonly string[] Standard = ["ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT"];
    private static readonly ColumnType[] StandardTypes = Array.ConvertAll(
        Standard,
        type => new ColumnType(type, FamilyOf(type, isStrict: false))
    );

    /// <summary>Returns the type that SQLite reports for these declared words.</summary>
    public static string Of(ReadOnlySpan<char> words)
    {
        var type = words;
        if (words.Length >= "GENERATED ALWAYS".Length && Ends(words, "ALWAYS"))
        {
            type = Without(words, "ALWAYS");
            type = Ends(type, "GENERATED") ? Without(type, "GENERATED") : type;
        }

        if (SqliteCursor.IsQuote(type))
        {
            // SQLite drops the words after the quotes.
            type = new SqliteCursor(type.ToString()).TakeName();
        }

        foreach (var standard in Standard)
        {
            if (Ascii.EqualsIgnoreCase(type, standard))
            {
                return standard;
            }
        }

        return type.ToString();
    }

    /// <summary>Returns a type with its family.</summary>
    public static ColumnType TypeOf(string type, bool isStrict) =>
        !isStrict && Array.IndexOf(Standard, type) is >= 0 and var standard
            ? StandardTypes[standard]
            : new ColumnType(type, FamilyOf(type, isStrict));

    /// <summary>Returns the affinity, by "Determination Of Column Affinity" in SQLite's manual.</summary>
    private static TypeFamily FamilyOf(string type, bool isStrict)
    {
        return Has("INT") ? TypeFamily.Integral
            : Has("CHAR") || Has("CLOB") || Has("TEXT") ? TypeFamily.Text
            : Has("BLOB") || type.Length == 0 || (isStrict && type == "ANY") ? TypeFamily.Blob
            : Has("REAL") || Has("FLOA") || Has("DOUB") ? TypeFamily.Real
            : TypeFamily.Numeric;

        bool Has(string part) => type.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private static bool Ends(ReadOnlySpan<char> words, string last) =>
        words.EndsWith(last, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Without(ReadOnlySpan<char> words, string last) =>
        words[..^last.Length].TrimEnd(" \t\n\v\f\r");
}
