using System.Text;

namespace Nitejar.Migrations.Hosting.Output.Secrets;

/// <summary>
/// Takes out of text what would steer a terminal: names and SQL come from databases that others write to. Line feeds
/// and tabs stay.
/// </summary>
internal static class ControlCharacters
{
    private const char Replacement = '?';

    /// <summary>The text with a question mark in the place of each.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepColors">Whether the program's own colours are in it.</param>
    public static string Replace(string text, bool keepColors)
    {
        if (!text.Any(Steers))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        var rest = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        for (var i = 0; i < rest.Length; i++)
        {
            var color = keepColors && rest[i] == '\u001b' ? LengthOfColor(rest.AsSpan(i)) : 0;
            if (color > 0)
            {
                clean.Append(rest, i, color);
                i += color - 1;
            }
            else
            {
                clean.Append(Steers(rest[i]) ? Replacement : rest[i]);
            }
        }

        return clean.ToString();
    }

    /// <summary>Controls, and what turns the direction of writing around.</summary>
    private static bool Steers(char c) =>
        (char.IsControl(c) && c is not ('\n' or '\t'))
        || c
            is '\u200e'
                or '\u200f'
                or (>= '\u202a' and <= '\u202e')
                or (>= '\u2066' and <= '\u2069');

    private static int LengthOfColor(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('m');
        return
            end is > 2 and < 5 && rest[1] == '[' && !rest[2..end].ContainsAnyExceptInRange('0', '9')
            ? end + 1
            : 0;
    }
}
