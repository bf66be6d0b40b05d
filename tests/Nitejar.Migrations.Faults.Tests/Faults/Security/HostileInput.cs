using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Security;

/// <summary>
/// Arguments, configurations, connections and names that nobody means well with: an answer within a second, no stack
/// trace, nothing executed and no file made.
/// </summary>
public sealed class HostileInput : FaultTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly SampleSize Cases = new(30, 500, 20_000);

    [Test]
    public void Arguments() => CheckArguments(Rig);

    [Test]
    public void Configurations() => CheckConfigurations(Rig);

    [Test]
    public void Configurations_that_are_nested() => CheckNesting(Rig);

    [Test]
    public void The_language_of_the_system() => CheckLanguage(Rig);

    [Test]
    public void Connections() => CheckConnections(Rig);

    [Test]
    public void Names_and_numbers() => CheckNames(Rig);

    [Test]
    public void Paths_that_are_no_files() => CheckPaths(Rig);

    [Test]
    public void Tables_with_hostile_names() => CheckTables(Rig);

    /// <summary>One argument of each call is none that exists.</summary>
    internal static void CheckArguments(Rig rig) =>
        EachCase(
            rig,
            number =>
            {
                var random = rig.RandomFor(number);
                var arguments = Hostile.Arguments(random);
                using var site = rig.NewSite();
                RequireRefused(
                    site,
                    [Hostile.Command(random), "--no-such-option", .. arguments],
                    2
                );
            }
        );

    internal static void CheckConfigurations(Rig rig) =>
        EachCase(
            rig,
            number =>
            {
                using var site = rig.NewSite();
                File.WriteAllBytes(
                    site["migrations.json"],
                    Hostile.Configuration(rig.RandomFor(number))
                );
                RequireRefused(site, ["up", "--dry-run"], 0, 2, 7);
            }
        );

    private static void CheckNesting(Rig rig)
    {
        foreach (
            var (start, levels) in (IEnumerable<(string, int)>)
                [
                    ("[", 50_000),
                    ("[", 900_000),
                    ("{\"environments\":", 50_000),
                    ("{\"environments\":", 100_000),
                    ("{\"environments\":{\"a\":", 40_000),
                    ("{\"$schema\":[[", 50_000),
                ]
        )
        {
            using var site = rig.NewSite();
            File.WriteAllText(
                site["migrations.json"],
                string.Concat(Enumerable.Repeat(start, levels))
            );
            RequireRefused(site, ["up", "--dry-run"], 2);
        }
    }

    /// <summary>Nothing is spelt, sorted or compared by it: a Turkish i, an Arabic digit, a decimal comma.</summary>
    private static void CheckLanguage(Rig rig)
    {
        string? usual = null;
        foreach (var language in (string[])["C", "tr_TR.UTF-8", "ar_SA.UTF-8", "de_DE.UTF-8"])
        {
            using var site = rig.NewSite();
            site.Variables["LC_ALL"] = language;
            site.Variables["LANG"] = language;
            site.Run("up", "-c", "X.DB", "--quiet").RequireExit(0);

            var schema = site.Run("schema", "-c", "X.DB", "--json").RequireExit(0).Output;

            usual ??= schema;
            Require.Same(schema, usual, language);
        }
    }

    internal static void CheckConnections(Rig rig) =>
        EachCase(
            rig,
            number =>
            {
                var random = rig.RandomFor(number);
                var connection = Hostile.Connection(random);
                using var site = rig.NewSite();
                switch (random.Next(3))
                {
                    case 0:
                        RequireRefused(site, ["up", "--dry-run", "-c", connection], 0, 2, 7);
                        break;
                    case 1:
                        site.Variables["DATABASE_URL"] = connection;
                        RequireRefused(site, ["up", "--dry-run"], 0, 2, 7);
                        break;
                    default:
                        File.WriteAllText(site["connection.txt"], connection);
                        RequireRefused(
                            site,
                            ["up", "--dry-run", "--connection-file", "connection.txt"],
                            0,
                            2,
                            7
                        );
                        break;
                }
            }
        );

    internal static void CheckNames(Rig rig) =>
        EachCase(
            rig,
            number =>
            {
                var random = rig.RandomFor(number);
                var word = Hostile.Word(random);
                using var site = rig.NewSite();
                string[] call = random.Next(7) switch
                {
                    0 => ["new", word + "-"],
                    1 => ["new", "../" + word],
                    2 => ["up", "--to", word + "x"],
                    3 => ["down", "--steps", "-" + word],
                    4 => ["up", "--lock-timeout", word + "!"],
                    5 => ["status", "-e", word],
                    _ => ["script", "up", "--provider", word + "?"],
                };
                RequireRefused(site, call, 2);
            }
        );

    internal static void CheckPaths(Rig rig)
    {
        string[] paths =
        [
            "/",
            ".",
            "..",
            "/dev/zero",
            "/dev/full",
            "/proc/self/mem",
            "/proc/self/fd/0",
            "loop",
            "pipe",
            "nowhere/x",
            new('a', 300),
            new('b', 5000),
        ];
        foreach (var path in paths)
        {
            using var site = rig.NewSite();
            File.CreateSymbolicLink(site["loop"], "loop");
            new Command(Programs.Require("mkfifo"), site.Folder, "pipe").Run();
            RequireRefused(site, ["up", "--config", path], 2);
            RequireRefused(site, ["up", "--connection-file", path], 2);
            RequireRefused(site, ["up", "-c", path], 2, 7);
        }
    }

    /// <summary>The guard counts rows of tables that it has never seen.</summary>
    internal static void CheckTables(Rig rig)
    {
        string[] names =
        [
            "\"; DROP TABLE agents; --",
            "it's",
            "[x]",
            "`y`",
            "a\nb",
            "ü",
            "%s{0}",
            "select",
        ];
        foreach (var mode in Enum.GetValues<JournalMode>())
        {
            using var site = rig.NewSite();
            site.Place(Samples.WithBoth(mode));
            foreach (var name in names)
            {
                site.Execute(
                    $"CREATE TABLE {Sql.Quote(name)} ({Sql.Quote(name)}); INSERT INTO {Sql.Quote(name)} VALUES (1);"
                );
            }

            site.RunWithin(Limit, "schema", "-c", "x.db").RequireExit(0);
            site.RunWithin(Limit, "down", "-c", "x.db", "--yes").RequireExit(0);
            site.RunWithin(Limit, "up", "-c", "x.db").RequireExit(0);

            using var connection = site.Open();
            foreach (var name in names)
            {
                Require.Same(
                    string.Join(' ', connection.Read($"SELECT count(*) FROM {Sql.Quote(name)}")),
                    "1",
                    $"the rows of {name}"
                );
            }
        }
    }

    private static void EachCase(Rig rig, Action<int> check) =>
        Rig.Each(Enumerable.Range(0, rig.Choose(Cases)), check);

    private static void RequireRefused(Site site, string[] arguments, params int[] codes)
    {
        var before = string.Join('\n', site.Files);
        var result = site.RunWithin(Limit, arguments);
        if (result.Output.Contains("Usage:\n  nitejar-migrate", StringComparison.Ordinal))
        {
            // Chance made an option that asks for help.
            codes = [0];
        }

        result.RequireExit(codes);
        Require.Same(string.Join('\n', site.Files), before, $"the folder after {result}");
        Require.That(
            result.ExitCode == 0
                || result.Error.StartsWith("error: ", StringComparison.Ordinal)
                || result.Error.Contains("\nerror: ", StringComparison.Ordinal),
            $"no error is shown: {result}"
        );
    }
}
