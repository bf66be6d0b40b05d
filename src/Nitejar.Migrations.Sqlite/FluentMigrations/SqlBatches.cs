using System.Text;

namespace Nitejar.Migrations.Sqlite.FluentMigrations;

/// <summary>Splits a text at lines that say <c>GO</c>, as FluentMigrator's processor for SQLite does.</summary>
internal static class SqlBatches
{
    private const string Separator = "GO";
    private const char BlockComment = '*';
    private const char LineComment = '-';
    private const char None = '\0';

    /// <summary>Returns the text itself where no line separates anything; else what is between, as often as <c>GO 3</c> says.</summary>
    public static IReadOnlyList<string> Of(string sql)
    {
        if (!MayBeSeparated(sql))
        {
            return [sql];
        }

        var batches = new List<string>();
        var batch = new StringBuilder();
        var isSeparated = false;
        var open = None;
        using var lines = new StringReader(sql);
        while (lines.ReadLine() is { } line)
        {
            if (open == None && RepetitionsIn(line) is { } count)
            {
                isSeparated = true;
                Add(batches, batch, count);
            }
            else
            {
                open = OpenAfter(line, open);
                batch.Append(line).Append('\n');
            }
        }

        Add(batches, batch, count: 1);
        return isSeparated ? batches : [sql];
    }

    /// <summary>Looks at the beginnings of lines alone: most texts are one statement without such a line.</summary>
    private static bool MayBeSeparated(string sql)
    {
        foreach (var line in sql.AsSpan().EnumerateLines())
        {
            if (line.TrimStart() is ['G' or 'g', 'O' or 'o', ..])
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(List<string> batches, StringBuilder batch, int count)
    {
        var text = batch.ToString().Trim();
        batch.Clear();
        if (text.Length > 0)
        {
            batches.AddRange(Enumerable.Repeat(text, count));
        }
    }

    /// <summary>Returns how often the batch above the line is executed; <see langword="null"/> where the line is part of it.</summary>
    private static int? RepetitionsIn(string line)
    {
        var text = line.AsSpan().Trim();
        if (!text.StartsWith(Separator, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = text[Separator.Length..];
        return rest.IsEmpty ? 1
            : char.IsWhiteSpace(rest[0])
            && int.TryParse(
                rest.TrimStart(),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var count
            )
                ? count
            : null;
    }

    /// <summary>Returns what is open at the end of a line: a quote, a comment or nothing.</summary>
    private static char OpenAfter(string line, char open)
    {
        if (open == LineComment)
        {
            return None;
        }

        for (var i = 0; ; )
        {
            i = open == None ? Start(line, i, ref open) : End(line, i, ref open);
            if (i >= line.Length)
            {
                return open;
            }
        }
    }

    /// <summary>Finds where something opens, and returns where to continue.</summary>
    private static int Start(string line, int from, ref char open)
    {
        for (var i = from; i < line.Length; i++)
        {
            if (line[i] is '\'' or '"')
            {
                open = line[i];
                return i + 1;
            }

            var rest = line.AsSpan(i);
            if (rest.StartsWith("/*", StringComparison.Ordinal))
            {
                open = BlockComment;
                return i + 2;
            }

            if (rest.StartsWith("--", StringComparison.Ordinal))
            {
                // FluentMigrator takes the next line for the comment where nothing follows the two dashes.
                open = rest.Length == 2 ? LineComment : None;
                return line.Length;
            }
        }

        return line.Length;
    }

    /// <summary>Finds where what is open ends, and returns where to continue.</summary>
    private static int End(string line, int from, ref char open)
    {
        if (open == BlockComment)
        {
            var end = line.IndexOf("*/", from, StringComparison.Ordinal);
            open = end < 0 ? open : None;
            return end < 0 ? line.Length : end + 2;
        }

        for (var i = from; i < line.Length; i++)
        {
            if (line[i] != open)
            {
                continue;
            }

            if (i + 1 < line.Length && line[i + 1] == open)
            {
                i++;
                continue;
            }

            open = None;
            return i + 1;
        }

        return line.Length;
    }
}
