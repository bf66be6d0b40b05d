using System.Text.RegularExpressions;

namespace Nitejar.Migrations.Binary.Tests.Documentation;

/// <summary>Every link from a document to another file or heading of the repository leads somewhere.</summary>
public sealed partial class LinkTests
{
    private static IEnumerable<string> Documents() =>
        DocumentedBlock.Documents().Concat(["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]);

    [TestCaseSource(nameof(Documents))]
    public void Links_lead_to_a_file_and_a_heading(string document)
    {
        var folder = Path.GetDirectoryName(
            Path.Combine(PublishedBinary.RepositoryFolder(), document)
        )!;
        Assert.Multiple(() =>
        {
            foreach (
                Match link in Links().Matches(Code().Replace(DocumentedBlock.Read(document), ""))
            )
            {
                var (path, heading) = (link.Groups["path"].Value, link.Groups["heading"].Value);
                var target = Path.Combine(
                    folder,
                    path.Length > 0 ? path : Path.GetFileName(document)
                );
                Assert.That(Path.Exists(target), $"{link.Value} leads to no file");
                if (heading.Length > 0 && File.Exists(target))
                {
                    Assert.That(HeadingsOf(target), Does.Contain(heading), link.Value);
                }
            }
        });
    }

    [Test]
    public void The_index_names_every_page()
    {
        var index = DocumentedBlock.Read("docs/README.md");
        var pages = DocumentedBlock
            .Documents()
            .Select(document => Path.GetRelativePath("docs", document))
            .Where(page => !page.StartsWith("decisions/", StringComparison.Ordinal))
            .Except(["README.md", "../README.md"]);

        Assert.That(pages.Where(page => !index.Contains($"({page})")), Is.Empty);
    }

    /// <summary>The names that a heading has in links.</summary>
    private static IEnumerable<string> HeadingsOf(string file) =>
        Headings()
            .Matches(File.ReadAllText(file))
            .Select(heading =>
                NoLetter().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-')
            );

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#\s]*)(?:#(?<heading>[^)\s]*))?\)")]
    private static partial Regex Links();

    [GeneratedRegex("(?ms)^```.*?^```|`[^`\n]*`(?!\\])")]
    private static partial Regex Code();

    [GeneratedRegex("(?m)^#+ (.+)$")]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoLetter();
}
