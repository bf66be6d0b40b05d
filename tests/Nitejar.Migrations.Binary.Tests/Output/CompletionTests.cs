using System.Text.RegularExpressions;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Output;

public sealed partial class CompletionTests : WorkplaceTests
{
    /// <summary>What is typed, and the words that each shell offers.</summary>
    private static readonly string[][] Typed =
    [
        ["do", "down"],
        ["archive ", "list purge --help -h --json --quiet -q --verbose -v --no-color"],
        ["-v archive l", "list"],
        ["up --dry", "--dry-run"],
        ["up -c up --st", "--steps"],
        ["script up --provider ", "postgres sqlite"],
        ["status --connection da", "data.db"],
        ["restore da", "data.db"],
        ["backup --to da", "data.db"],
        ["verify --from da", "data.db"],
        ["up --to ", ""],
        ["help arch", "archive"],
    ];

    [TestCaseSource(nameof(Typed))]
    public void Bash_completes(string typed, string words)
    {
        WriteScript("bash");
        var quoted = string.Join(' ', typed.Split(' ').Select(word => $"'{word}'"));

        var result = Shell(
            "bash",
            $$"""
            set -eu; . ./completion
            COMP_WORDS=(nitejar-migrate {{quoted}}); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
            _nitejar_migrate || true
            echo "${COMPREPLY[*]}"
            """
        );

        Assert.That(result.TrimEnd('\n'), Is.EqualTo(words));
    }

    /// <summary>The function is asked as zsh asks it, with its own commands for what is found replaced by ones that print.</summary>
    [TestCaseSource(nameof(Typed))]
    public void Zsh_completes(string typed, string words)
    {
        WriteScript("zsh");
        var quoted = string.Join(' ', typed.Split(' ').Select(word => $"'{word}'"));

        var result = Shell(
            "zsh",
            $$"""
            compdef() { }
            compadd() { shift; print -l -- $@ }
            _files() { print -l -- *(N) }
            . ./completion
            words=(nitejar-migrate {{quoted}}); CURRENT=${#words}
            _nitejar_migrate
            """
        );

        Assert.That(Beginning(result, typed), Is.EquivalentTo(words.Split(' ', Blank)));
    }

    /// <summary>As a package installs it: zsh loads the file as a function when it first completes, and calls it.</summary>
    [Test]
    public void Zsh_completes_from_the_first_time_where_it_loads_the_file_itself()
    {
        WriteScript("zsh");

        var result = Shell(
            "zsh",
            """
            mkdir folder; cp completion folder/_nitejar-migrate; fpath=(./folder $fpath)
            autoload -U _nitejar-migrate
            compdef() { }
            compadd() { shift; print -l -- ${(M)@:#do*} }
            words=(nitejar-migrate do); CURRENT=2
            _nitejar-migrate
            _nitejar-migrate
            """
        );

        Assert.That(result, Is.EqualTo("down\ndown\n"));
    }

    [TestCaseSource(nameof(Typed))]
    public void Fish_completes(string typed, string words)
    {
        WriteScript("fish");

        var result = Shell("fish", $"source completion; complete -C 'nitejar-migrate {typed}'");

        // Fish offers options once a dash is typed, and no short ones behind a long one.
        var expected = words
            .Split(' ', Blank)
            .Where(word => !word.StartsWith('-') || typed.Split(' ')[^1].StartsWith('-'));
        Assert.That(
            Beginning(result, typed).Select(line => line.Split('\t')[0]),
            Is.EquivalentTo(expected)
        );
    }

    private const StringSplitOptions Blank = StringSplitOptions.RemoveEmptyEntries;

    /// <summary>The lines that begin with what is typed of the last word, but for the files of the test.</summary>
    private static IEnumerable<string> Beginning(string output, string typed) =>
        output
            .Split('\n', Blank)
            .Where(line => line.StartsWith(typed.Split(' ')[^1], StringComparison.Ordinal))
            .Where(line => line != "completion");

    private void WriteScript(string shell)
    {
        Place.Write("data.db", "");
        Place.Write("completion", Place.Run("completion", shell).Exits(0).Output);
    }

    private string Shell(string shell, string script) =>
        new Command(Programs.Require(shell), Place.Folder, "-c", script)
        {
            Variables = new Dictionary<string, string>
            {
                ["HOME"] = Place.Folder,
                ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
            },
        }
            .Run()
            .Exits(0)
            .Output;

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
