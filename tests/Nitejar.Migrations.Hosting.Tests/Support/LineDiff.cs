namespace Nitejar.Migrations.Hosting.Tests.Support;

/// <summary>The lines that differ, with what they have in common around them.</summary>
internal static class LineDiff
{
    public static string Of(string before, string after)
    {
        var (a, b) = (before.Split('\n'), after.Split('\n'));
        var common = LongestCommon(a, b);
        var text = new StringBuilder();
        for (int i = 0, j = 0; i < a.Length || j < b.Length; )
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                text.Append("  ").Append(a[i++]).Append('\n');
                j++;
            }
            else if (j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                text.Append("- ").Append(a[i++]).Append('\n');
            }
            else
            {
                text.Append("+ ").Append(b[j++]).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>How many lines the rests from i and j have in common, in order.</summary>
    private static int[,] LongestCommon(string[] a, string[] b)
    {
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] =
                    a[i] == b[j]
                        ? common[i + 1, j + 1] + 1
                        : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
