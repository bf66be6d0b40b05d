namespace Nitejar.Migrations.Engine.Statements;

/// <summary>
/// The blanks of SQL. .NET knows many more, for example U+00A0 and U+2028, which SQLite and PostgreSQL take for parts
/// of names. A vertical tab is a blank in some places and an error in all others, but never part of a name.
/// </summary>
internal static class SqlBlanks
{
    private const string Blanks = " \t\n\v\f\r";

    /// <summary>The text without the blanks around it. A byte order mark stays.</summary>
    public static string Trim(ReadOnlySpan<char> sql) => sql.Trim(Blanks).ToString();

    /// <summary>How many line ends stand before the first character that is no blank.</summary>
    public static int LeadingLines(ReadOnlySpan<char> sql) =>
        sql[..^sql.TrimStart(Blanks).Length].Count('\n');

    /// <inheritdoc cref="LeadingLines(ReadOnlySpan{char})"/>
    public static int LeadingLines(ReadOnlySpan<byte> utf8) =>
        utf8[..^utf8.TrimStart(" \t\n\v\f\r"u8).Length].Count((byte)'\n');
}
