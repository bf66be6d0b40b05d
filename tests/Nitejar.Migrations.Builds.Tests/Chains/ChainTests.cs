using System.Runtime.CompilerServices;
using Nitejar.Migrations.Binary.Tests.Tools;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Builds.Tests.Chains;

/// <summary>
/// Chains of migrations through the real command line, back and forth as README's CI recipe does it: each ends with
/// what its first <c>up</c> has made.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.Children)]
public sealed class ChainTests : WorkplaceTests
{
    private const int FirstSeed = 20260101;
    private const int Count = 40;

    private string _chain = "";

    private static IEnumerable<int> Seeds => Enumerable.Range(FirstSeed, Count);

    private static IEnumerable<TestCaseData> Named =>
        [
            Case(NamedChains.Roles, "", "SELECT id, name FROM role", "1|admin\n2|user"),
            Case(NamedChains.RolesLater, "", "SELECT id, name FROM role", "1|admin\n2|user"),
            Case(NamedChains.Accounts, "", "SELECT id, role_id FROM account", "1|1"),
            Case(
                NamedChains.AccountsOfUsers,
                "INSERT INTO account (name, role_id) VALUES ('ada', 1);",
                "SELECT id, name, role_id FROM account",
                "1|ada|1"
            ),
            Case(
                NamedChains.Countries,
                "INSERT INTO country (code) VALUES ('fr');",
                "SELECT id, code FROM country",
                "1|ch\n2|it\n3|fr"
            ),
            Case(
                NamedChains.Roles,
                "DELETE FROM role WHERE id = 1;",
                "SELECT id, name FROM role",
                "2|user"
            ),
            Case(
                NamedChains.Units,
                "UPDATE unit SET name = 'meter' WHERE id = 1;",
                "SELECT id, name FROM unit",
                "1|meter\n2|second"
            ),
            Case(NamedChains.UnitsAtOnce, "DELETE FROM unit;", "SELECT count(*) FROM unit", "0"),
            Case(
                NamedChains.Languages,
                "",
                "SELECT (SELECT count(*) FROM languages), (SELECT group_concat(name) FROM users)",
                "11|admin"
            ),
        ];

    [TestCaseSource(nameof(Seeds))]
    public void A_chain_that_nobody_thought_of(int seed)
    {
        Place.Write("chain.json", ChainJson.Write(ChainGenerator.Make(seed)));
        Run("up").Exits(0);

        RequireReturn();
    }

    [TestCaseSource(nameof(Named))]
    public void A_case_that_people_have_met(object chain, string users, string sql, string rows)
    {
        Place.Write("chain.json", ChainJson.Write((Chain)chain));
        Run("up").Exits(0);
        Place.Sqlite("scratch.db", users);
        Assert.That(Place.Sqlite("scratch.db", sql), Is.EqualTo(rows));

        RequireReturn();

        Assert.That(Place.Sqlite("scratch.db", sql), Is.EqualTo(rows));
    }

    [Test]
    public void Classes_with_attributes_of_every_kind()
    {
        _chain = "classes";
        Assert.That(Run("up").Exits(6).Error, Does.Contain("20250405060708_Breaking is declared"));

        Run("up", "--allow-breaking").Exits(0);

        Assert.That(
            Run("status").Exits(0).Output,
            Does.Contain("Plain")
                .And.Contain("Numbered")
                .And.Contain("Nested")
                .And.Contain("Timestamped")
                .And.Contain("not chosen  20250102030405_Tagged")
                .And.Contain("applied     20250203040506_Constrained")
                .And.Contain("not chosen  20250304050607_Held")
                .And.Contain("applied     20250405060708_Breaking")
        );
        Assert.That(
            Place.Sqlite(
                "scratch.db",
                "SELECT Version, Description FROM VersionInfo ORDER BY Version"
            ),
            Is.EqualTo(
                "1|Plain\n2024007|makes first and second\n2024008|makes \n20240102030400|at a minute\n20250203040506|Constrained\n20250405060708|Breaking"
            )
        );
        Assert.That(
            Place.Sqlite(
                "scratch.db",
                "SELECT count(*) FROM sqlite_master WHERE name IN ('plain', 'timestamped', 'first', 'second', 'nested')"
            ),
            Is.EqualTo("5")
        );
        RequireReturn("--allow-breaking");
    }

    [Test]
    public void Classes_with_tags_are_chosen_by_them()
    {
        _chain = "classes";
        Run("up", "--to", "20250102030405").Exits(0);
        Assert.That(
            Run("status").Exits(0).Output,
            Does.Contain("not chosen  20250102030405_Tagged")
        );
        Assert.That(
            Run("status", "--check", "--tags", "ch").Exits(3).Output,
            Does.Contain("pending     20250102030405_Tagged")
        );
        Run("up", "--tags", "us,ch", "--allow-breaking").Exits(0);

        Run("status", "--check", "--tags", "ch").Exits(0);
        RequireReturn("--tags", "eu", "--allow-breaking");
    }

    private void RequireReturn(params string[] options)
    {
        var before = ChainDump.Of(Place["scratch.db"]);

        Run("redo", "--steps", "1000", "--json").Exits(0);
        RequireSame(before, "redo");

        Run("down", "--all", "--yes").Exits(0);
        Run(["up", .. options]).Exits(0);
        RequireSame(before, "down and up");

        Run("status", "--check").Exits(0);
    }

    private void RequireSame(ChainDump before, string command) =>
        Assert.That(
            before.DifferencesTo(ChainDump.Of(Place["scratch.db"])),
            Is.Empty,
            $"after {command}"
        );

    private CommandResult Run(params string[] arguments) =>
        new Command(ChainsBinary.ProgramFile, Place.Folder, [.. arguments, "-c", "scratch.db"])
        {
            Variables = new Dictionary<string, string>
            {
                ["NITEJAR_CHAIN"] = _chain.Length == 0 ? Place["chain.json"] : _chain,
            },
        }.Run();

    private static TestCaseData Case(
        Chain chain,
        string users,
        string sql,
        string rows,
        [CallerArgumentExpression(nameof(chain))] string name = ""
    ) => new TestCaseData(chain, users, sql, rows).SetArgDisplayNames(name.Split('.')[^1], users);
}
