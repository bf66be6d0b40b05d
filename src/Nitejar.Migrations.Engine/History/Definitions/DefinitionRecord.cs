using System.Text;

namespace Nitejar.Migrations.Engine.History.Definitions;

/// <summary>
/// The text in the journal that says what a run has made of a schema: a line for each object, with the parts of a
/// <see cref="RecordedObject"/> separated by tabs.
/// </summary>
internal static class DefinitionRecord
{
    /// <summary>The text where it is not known what a run has made, so that earlier ones say nothing either.</summary>
    public const string Unknown = "?";

    private const char Separator = '\t';
    private const int Parts = 4;

    /// <summary>Adds the line of an object.</summary>
    public static void Add(StringBuilder text, string digest, ObjectDefinition definition)
    {
        if (text.Length > 0)
        {
            text.Append('\n');
        }

        text.Append(digest).Append(Separator).Append(definition.Word);
        text.Append(Separator).Append(Escape(definition.Name));
        text.Append(Separator).Append(Escape(definition.Table));
    }

    /// <summary>Reads the lines. One that is not complete, which no run has written, is passed over.</summary>
    public static IEnumerable<RecordedObject> Read(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(Separator) is { Length: Parts } parts)
            {
                yield return new RecordedObject(
                    parts[0],
                    parts[1],
                    Unescape(parts[2]),
                    Unescape(parts[3])
                );
            }
        }
    }

    private static string Escape(string name) =>
        name.AsSpan().ContainsAny('\\', '\n', Separator)
            ? name.Replace(@"\", @"\\").Replace("\n", @"\n").Replace("\t", @"\t")
            : name;

    private static string Unescape(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var name = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            name.Append(
                text[i] != '\\' || i + 1 == text.Length
                    ? text[i]
                    : text[++i] switch
                    {
                        'n' => '\n',
                        't' => Separator,
                        var same => same,
                    }
            );
        }

        return name.ToString();
    }
}
