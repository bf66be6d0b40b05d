using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Tests.Output.Formats;

public sealed class TextTableTests
{
    [Test]
    public void Columns_are_as_wide_as_their_widest_cell()
    {
        var table = new TextTable("A", "LONG HEADING", "C");
        table.Add("a long cell", "b", "c");
        table.Add("a", "", "");

        Assert.That(
            table.ToText(),
            Is.EqualTo(
                """
                  A            LONG HEADING  C
                  a long cell  b             c
                  a

                """
            )
        );
    }

    [Test]
    public void A_table_without_rows_is_its_headings()
    {
        Assert.That(new TextTable("A", "B").ToText(), Is.EqualTo("  A  B\n"));
    }

    [Test]
    public void Paint_reaches_the_first_cells_and_moves_nothing()
    {
        var table = new TextTable("STATE", "B");
        table.Add("ok", "b");
        table.Add("open", "c");

        Assert.That(
            table.ToText((row, cell) => $"\u001b[{32 + row}m{cell}\u001b[0m"),
            Is.EqualTo("  STATE  B\n  \u001b[32mok\u001b[0m     b\n  \u001b[33mopen\u001b[0m   c\n")
        );
    }
}
