using System.Text.RegularExpressions;

namespace Nitejar.Migrations.Binary.Tests.Documentation;

/// <summary>The tests that the documents name for their promises exist.</summary>
public sealed partial class DocumentedTestsTests
{
    private static readonly Dictionary<string, string> Sources = Directory
        .EnumerateFiles(
            Path.Combine(PublishedBinary.RepositoryFolder(), "tests"),
            "*.cs",
            SearchOption.AllDirectories
        )
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .GroupBy(file => Path.GetFileNameWithoutExtension(file))
        .ToDictionary(group => group.Key, group => string.Concat(group.Select(File.ReadAllText)));

    [Test]
    public void In_the_last_column_of_each_table(
        [Values("SECURITY.md", "docs/attacks.md", "docs/postgresql-hazards.md")] string document
    ) => RequireTests(document, Cells(document));

    /// <summary>Each has a test, or a sentence that says why it has none.</summary>
    [Test]
    public void Of_each_hazard_of_PostgreSQL()
    {
        var rows = Hazard().Matches(Read("docs/postgresql-hazards.md"));

        Assert.That(
            rows.Select(row => row.Groups["number"].Value),
            Is.EqualTo(Enumerable.Range(1, 43).Select(number => $"{number}"))
        );
        Assert.That(
            rows.Select(row => row.Groups["test"].Value),
            Has.All.Match("`[A-Z].*`|^None.*\\.$")
        );
    }

    [Test]
    public void In_the_text(
        [Values("SECURITY.md", "docs/attacks.md", "docs/reliability.md")] string document
    ) =>
        RequireTests(
            document,
            Name().Matches(Read(document)).Select(match => match.Groups["name"].Value)
        );

    /// <summary>Whether there is a file or a test of this name.</summary>
    internal static bool Exists(string name) =>
        Sources.ContainsKey(name)
        || Sources.Values.Any(source => source.Contains($" {name}(", StringComparison.Ordinal));

    private static void RequireTests(string document, IEnumerable<string> names)
    {
        var all = names.ToArray();
        Assert.That(all, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (var name in all)
            {
                var parts = name.Split('.');
                var source = Sources.GetValueOrDefault(parts[0]);
                Assert.That(source, Is.Not.Null, $"{document} names {name}");
                Assert.That(
                    parts.Length == 1
                        || source?.Contains($" {parts[1]}(", StringComparison.Ordinal) == true,
                    $"{document} names {name}"
                );
            }
        });
    }

    private static IEnumerable<string> Cells(string document)
    {
        var isOfTests = false;
        foreach (var line in Read(document).Split('\n'))
        {
            var cells = line.TrimEnd('|').Split('|');
            isOfTests =
                line.StartsWith('|') && (isOfTests || cells[^1].Trim() is "test" or "tested by");
            foreach (var name in isOfTests ? Quoted().Matches(cells[^1]).AsEnumerable() : [])
            {
                yield return name.Groups["name"].Value;
            }
        }
    }

    private static string Read(string document) =>
        File.ReadAllText(Path.Combine(PublishedBinary.RepositoryFolder(), document));

    [GeneratedRegex(
        @"^\| (?<number>\d+) \|[^|]+\|[^|]+\| (?<test>[^|]+) \|$",
        RegexOptions.Multiline
    )]
    private static partial Regex Hazard();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+Tests(\.\w+)?)`")]
    private static partial Regex Name();
}
