using System.Text;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Postgres.Sql.Lexing;

/// <summary>Reads names as the server keeps them: folded to lower case without quotes, and cut behind 63 bytes of UTF-8.</summary>
internal static class PostgresName
{
    private const int LongestBytes = 63;
    private const int MostBytesOfCharacter = 3;

    /// <summary>The name that a word stands for.</summary>
    /// <param name="word">The word, which ends inside the text.</param>
    /// <param name="tokens">What follows, since a name with escapes may say there what its escapes begin with.</param>
    /// <returns><see langword="null"/> where it is not a name.</returns>
    public static string? Of(ReadOnlySpan<char> word, ref PostgresTokens tokens) =>
        word switch
        {
            ['"', .. var name, '"'] => Cut(Unquoted(name)),
            ['U' or 'u', '&', '"', .. var name, '"'] => Cut(
                Unescaped(Unquoted(name), EscapeOf(ref tokens))
            ),
            [var first, ..] when PostgresToken.BeginsName(first) && !IsText(word) => Cut(
                Folded(word)
            ),
            _ => null,
        };

    /// <summary>A name that may stand behind those of its schema and of its database.</summary>
    /// <returns><see langword="null"/> where something else stands there.</returns>
    public static ObjectName? NextObject(ref this PostgresTokens tokens)
    {
        string? schema = null;
        var name = tokens.NextName();
        while (name is not null && tokens.Skip("."))
        {
            (schema, name) = (name, tokens.NextName());
        }

        return name is null ? null : new ObjectName(schema, name);
    }

    private static bool IsText(ReadOnlySpan<char> word) => word[^1] == '\'';

    private static string Unquoted(ReadOnlySpan<char> name) =>
        name.ToString().Replace("\"\"", "\"", StringComparison.Ordinal);

    /// <summary>The server folds no letter outside of ASCII where the encoding is UTF-8.</summary>
    private static string Folded(ReadOnlySpan<char> word) =>
        string.Create(
            word.Length,
            word,
            static (folded, word) =>
            {
                for (var at = 0; at < word.Length; at++)
                {
                    folded[at] = char.IsAsciiLetterUpper(word[at])
                        ? char.ToLowerInvariant(word[at])
                        : word[at];
                }
            }
        );

    /// <summary>The character behind <c>UESCAPE</c>.</summary>
    private static char EscapeOf(ref PostgresTokens tokens) =>
        tokens.Skip("UESCAPE") && tokens.Next() is ['\'', var escape, '\''] ? escape : '\\';

    private static string? Unescaped(string name, char escape)
    {
        if (!name.Contains(escape, StringComparison.Ordinal))
        {
            return name;
        }

        var text = new StringBuilder(name.Length);
        for (var at = 0; at < name.Length; )
        {
            if (name[at] != escape)
            {
                text.Append(name[at++]);
                continue;
            }

            at++;
            if (at < name.Length && name[at] == escape)
            {
                text.Append(name[at++]);
                continue;
            }

            var digits = at < name.Length && name[at] == '+' ? 6 : 4;
            at += digits == 6 ? 1 : 0;
            if (
                at + digits > name.Length
                || !int.TryParse(
                    name.AsSpan(at, digits),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var code
                )
                || code > 0x10FFFF
            )
            {
                return null;
            }

            _ =
                code > char.MaxValue
                    ? text.Append(char.ConvertFromUtf32(code))
                    : text.Append((char)code);
            at += digits;
        }

        return text.ToString();
    }

    /// <summary>The server cuts between characters, with a notice. An empty name is an error.</summary>
    private static string? Cut(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length * MostBytesOfCharacter <= LongestBytes)
        {
            return string.IsNullOrEmpty(name) ? null : name;
        }

        var bytes = 0;
        var length = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > LongestBytes)
            {
                return name[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return name;
    }
}
