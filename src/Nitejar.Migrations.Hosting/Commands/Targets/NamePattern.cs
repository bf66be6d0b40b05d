namespace Nitejar.Migrations.Hosting.Commands.Targets;

/// <summary>A pattern for whole names: <c>*</c> stands for any characters, <c>?</c> for one, a backslash before one of these three for itself. Large and small letters differ.</summary>
internal static class NamePattern
{
    /// <summary>Takes at most as many steps as the product of both lengths: what the last star stands for grows where the rest does not match.</summary>
    public static bool Matches(string pattern, string name)
    {
        var (at, next) = (0, 0);
        var (star, taken) = (-1, 0);
        while (next < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, taken) = (at++, next);
            }
            else if (at < pattern.Length && LengthAt(pattern, at, name[next]) is > 0 and var length)
            {
                at += length;
                next++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                next = ++taken;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }

    /// <summary>How much of the pattern stands for a character that it matches; 0 where it does not.</summary>
    private static int LengthAt(string pattern, int at, char c)
    {
        var isEscape =
            pattern[at] == '\\' && at + 1 < pattern.Length && pattern[at + 1] is '*' or '?' or '\\';
        return isEscape ? (pattern[at + 1] == c ? 2 : 0)
            : pattern[at] == '?' || pattern[at] == c ? 1
            : 0;
    }
}
