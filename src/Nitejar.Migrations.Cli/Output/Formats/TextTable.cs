using System.Text;

namespace Nitejar.Migrations.Cli.Output.Formats;

/// <summary>Columns of text, as wide as their widest cell.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [headings];

    /// <summary>Adds a row with as many cells as there are headings. A cell is one line: what a database holds must not look like another row.</summary>
    public void Add(params string[] cells) =>
        _rows.Add(Array.ConvertAll(cells, cell => cell.Replace('\n', ' ')));

    /// <summary>The lines, indented by two blanks; <paramref name="paint"/> may colour a row's first cell.</summary>
    public string ToText(Func<string, string>? paint = null)
    {
        var widths = headings.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < _rows.Count; i++)
        {
            var line = new StringBuilder("  ");
            for (var column = 0; column < widths.Length; column++)
            {
                var cell = _rows[i][column];
                var painted = column == 0 && i > 0 && paint is not null ? paint(cell) : cell;
                line.Append(painted).Append(' ', widths[column] - cell.Length + 2);
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
