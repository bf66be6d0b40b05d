using System.Text;

namespace Nitejar.Migrations.Hosting.Output.Formats;

/// <summary>Columns of text, as wide as their widest cell.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [headings];

    /// <summary>Adds a row with as many cells as there are headings. A cell is one line: what a database holds must not look like another row.</summary>
    public void Add(params string[] cells) =>
        _rows.Add(Array.ConvertAll(cells, cell => cell.Replace('\n', ' ')));

    /// <summary>The lines, indented by two blanks.</summary>
    /// <param name="paint">Colours the first cell of the row that was added as the first (0), second (1) and so on; <see langword="null"/> for no colours.</param>
    public string ToText(Func<int, string, string>? paint = null)
    {
        var text = new StringBuilder();
        AppendTo(text, paint);
        return text.ToString();
    }

    /// <summary>Puts the lines behind a text.</summary>
    /// <inheritdoc cref="ToText" path="/param"/>
    public void AppendTo(StringBuilder text, Func<int, string, string>? paint = null)
    {
        var widths = new int[headings.Length];
        foreach (var row in _rows)
        {
            for (var column = 0; column < widths.Length; column++)
            {
                widths[column] = Math.Max(widths[column], row[column].Length);
            }
        }

        for (var at = 0; at < _rows.Count; at++)
        {
            var row = _rows[at];
            text.Append("  ");
            var last = Array.FindLastIndex(row, cell => cell.Length > 0);
            for (var column = 0; column <= last; column++)
            {
                var cell = row[column];
                var isPainted = column == 0 && at > 0 && paint is not null;
                text.Append(isPainted ? paint!(at - 1, cell) : cell);
                text.Append(' ', column == last ? 0 : widths[column] - cell.Length + 2);
            }

            text.Append('\n');
        }
    }
}
