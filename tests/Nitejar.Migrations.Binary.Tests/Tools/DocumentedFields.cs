namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>The tables of fields in a document, by the heading above them.</summary>
internal static class DocumentedFields
{
    private const string Head = "| field | type | meaning |";

    /// <summary>Reads the field tables of a document of the repository.</summary>
    /// <returns>Type by field, by heading.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Of(
        string document
    )
    {
        var tables = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        var heading = "";
        Dictionary<string, string>? table = null;
        foreach (
            var line in File.ReadLines(
                Path.Combine(PublishedBinary.RepositoryFolder(), "docs", document)
            )
        )
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                heading = line[3..];
            }
            else if (line == Head)
            {
                tables.Add(heading, table = []);
            }
            else if (!line.StartsWith('|'))
            {
                table = null;
            }
            else if (line.StartsWith("| `", StringComparison.Ordinal))
            {
                var cells = line.Split('|');
                table?.Add(cells[1].Trim().Trim('`'), cells[2].Trim());
            }
        }

        return tables;
    }
}
