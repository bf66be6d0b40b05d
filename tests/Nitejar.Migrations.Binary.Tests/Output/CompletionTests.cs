using System.Text.RegularExpressions;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Output;

public sealed partial class CompletionTests : WorkplaceTests
{
    [TestCase("do", "down")]
    [TestCase("archive ", "list purge --help -h --json --quiet -q --verbose -v --no-color")]
    [TestCase("-v archive l", "list")]
    [TestCase("up --dry", "--dry-run")]
    [TestCase("up -c up --st", "--steps")]
    [TestCase("script up --provider ", "postgres sqlite")]
    [TestCase("status --connection da", "data.db")]
    [TestCase("restore da", "data.db")]
    [TestCase("up --to ", "")]
    public void Bash_completes(string typed, string words)
    {
        Place.Write("data.db", "");
        Place.Write("completion", Place.Run("completion", "bash").Exits(0).Output);
        var quoted = string.Join(' ', typed.Split(' ').Select(word => $"'{word}'"));

        var result = new Command(
            Programs.Require("bash"),
            Place.Folder,
            "-c",
            $$"""
            set -eu; . ./completion
            COMP_WORDS=(nitejar-migrate {{quoted}}); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
            _nitejar_migrate || true
            echo "${COMPREPLY[*]}"
            """
        ).Run();

        Assert.That(result.Exits(0).Output.TrimEnd('\n'), Is.EqualTo(words));
    }

    [TestCase("zsh")]
    [TestCase("fish")]
    public void Other_shells_get_the_same_words(string shell)
    {
        var bash = Words(Place.Run("completion", "bash").Exits(0).Output);

        var other = Words(Place.Run("completion", shell).Exits(0).Output);

        Assert.That(bash, Is.SupersetOf((string[])["down", "allow-out-of-order", "completion"]));
        Assert.That(bash.Except(other), Is.Empty);
    }

    [Test]
    public void A_directive_runs_nothing(
        [Values("[suggest:3]", "[suggest]", "[diagram]", "[env:A=1]", "[foo]")] string directive
    )
    {
        var result = Place.Run(directive, "up", "-c", "x.db").Exits(2);

        Assert.That(result.Output, Is.Empty, "nothing to complete with");
        Assert.That(Place.Files, Is.Empty);
    }

    private static HashSet<string> Words(string script) =>
        [
            .. Word()
                .Matches(script[script.IndexOf("up", StringComparison.Ordinal)..])
                .Select(match => match.Value)
                .Where(word => char.IsAsciiLetterLower(word[0]))
                .Where(word => !Syntax.Contains(word)),
        ];

    /// <summary>What the script itself is made of.</summary>
    private static readonly string[] Syntax =
    [
        "path",
        "word",
        "words",
        "current",
        "previous",
        "compgen",
        "return",
        "esac",
        "done",
        "case",
        "in",
        "complete",
        "nitejar",
        "nitejar-migrate",
        "filenames",
        "if",
        "then",
        "fi",
        "files",
        "_nitejar_migrate",
        "local",
    ];

    [GeneratedRegex("[a-z][a-z-]+")]
    private static partial Regex Word();
}
