using System.Text.RegularExpressions;

namespace Nitejar.Migrations.Binary.Tests.Documentation;

/// <summary>A block of commands in a document, which is there to be copied.</summary>
/// <param name="Document">The document, from the repository's folder.</param>
/// <param name="Text">The commands.</param>
internal sealed partial record DocumentedBlock(string Document, string Text)
{
    /// <summary>Every block of README and docs.</summary>
    public static IReadOnlyList<DocumentedBlock> All { get; } =
    [
        .. Documents()
            .SelectMany(document =>
                Commands()
                    .Matches(Read(document))
                    .Select(block => new DocumentedBlock(document, block.Groups[1].Value))
            ),
    ];

    /// <summary>The block of a document that begins so.</summary>
    public static DocumentedBlock Of(string document, string start) =>
        All.Single(block =>
            block.Document == document && block.Text.StartsWith(start, StringComparison.Ordinal)
        );

    /// <summary>README and docs, from the repository's folder.</summary>
    public static IEnumerable<string> Documents() =>
        Directory
            .EnumerateFiles(
                Path.Combine(PublishedBinary.RepositoryFolder(), "docs"),
                "*.md",
                SearchOption.AllDirectories
            )
            .Select(file => Path.GetRelativePath(PublishedBinary.RepositoryFolder(), file))
            .Prepend("README.md");

    /// <summary>The text of a document.</summary>
    public static string Read(string document) =>
        File.ReadAllText(Path.Combine(PublishedBinary.RepositoryFolder(), document));

    [GeneratedRegex("(?ms)^```(?:sh|bash|shell|console)\n(.*?)^```")]
    private static partial Regex Commands();
}
