using System.Runtime.CompilerServices;
using Nitejar.Migrations.Tests.Chains.Runners;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>Down and up of unchanged migrations lead back: the cases that people have met.</summary>
public sealed class NamedChainTests
{
    private static readonly WayBack[] Ways = Enum.GetValues<WayBack>();

    /// <summary>Where no run ends while users' rows refer to what is gone.</summary>
    private static readonly WayBack[] AtOnce =
    [
        WayBack.Redo,
        WayBack.AllAtOnce,
        WayBack.AllThenOneByOne,
    ];

    private ChainTrial _trial = null!;

    private static IEnumerable<TestCaseData> Cases =>
        [
            .. Each(NamedChains.Roles, "untouched", ""),
            .. Each(NamedChains.RolesLater, "untouched", ""),
            .. Each(NamedChains.Accounts, "untouched", ""),
            .. Each(NamedChains.Languages, "untouched", ""),
            .. Each(
                NamedChains.Countries,
                "a row was added",
                "INSERT INTO country (code) VALUES ('fr')"
            ),
            .. Each(
                NamedChains.RolesLater,
                "a row was added",
                "INSERT INTO role (name) VALUES ('guest')"
            ),
            .. Each(NamedChains.Roles, "a seed was deleted", "DELETE FROM role WHERE id = 1"),
            .. Each(NamedChains.RolesLater, "a seed was deleted", "DELETE FROM role WHERE id = 1"),
            .. Each(
                NamedChains.Roles,
                "a seed was edited",
                "UPDATE role SET name = 'root' WHERE id = 1"
            ),
            .. Each(
                NamedChains.RolesLater,
                "a seed was edited",
                "UPDATE role SET name = 'root' WHERE id = 1"
            ),
            .. Each(
                NamedChains.Units,
                "the automatic DELETE misses a seed",
                "UPDATE unit SET name = 'meter' WHERE id = 1"
            ),
            .. Each(
                NamedChains.Units,
                "the automatic DELETE misses every seed",
                "UPDATE unit SET name = upper(name)"
            ),
            .. Each(
                NamedChains.Prices,
                "a UNIQUE value of a missed seed is there",
                "UPDATE price SET amount = 4"
            ),
            .. Each(NamedChains.Units, "emptied", "DELETE FROM unit"),
            .. Each(NamedChains.UnitsAtOnce, "emptied", "DELETE FROM unit"),
            .. Each(NamedChains.RolesLater, "emptied", "DELETE FROM role"),
            .. Each(
                NamedChains.AccountsOfUsers,
                "an account of users refers to a seed",
                "INSERT INTO account (name, role_id) VALUES ('ada', 1)",
                AtOnce
            ),
            .. Each(
                NamedChains.AccountsThatAreRenamed,
                "an account of users refers to a seed",
                "INSERT INTO account (name, duty_id) VALUES ('ada', 1)",
                AtOnce
            ),
            .. Each(
                NamedChains.AccountsThatAreWidened,
                "an account of users refers to a seed",
                "INSERT INTO account (name, role_id, note) VALUES ('ada', 1, 'hers')",
                AtOnce
            ),
            .. Each(NamedChains.RenamedAndFilled, "untouched", ""),
            .. Each(NamedChains.ParentRenamedAndChildFilled, "untouched", ""),
            .. Each(NamedChains.InsertedAndDeleted, "untouched", ""),
            .. Each(NamedChains.NumberedAndDeleted, "untouched", ""),
            .. Each(NamedChains.CopiedAndRenamed, "a seed was deleted", "DELETE FROM account"),
        ];

    [SetUp]
    public void OpenTrial() => _trial = new ChainTrial(seed: 0, new Tally());

    [TearDown]
    public void CloseTrial() => _trial.Dispose();

    [TestCaseSource(nameof(Cases))]
    public void Down_and_up_lead_back(object chain, object way, string users)
    {
        var (migrations, goes) = ((Chain)chain, (WayBack)way);
        var ours = new Ours(_trial, migrations);
        ours.Up();
        _trial.Execute(users);
        var before = _trial.Dump("ours");

        var steps = goes == WayBack.SomeAtOnce ? 1 : migrations.Migrations.Count;
        goes.GoDown(ours, steps);
        goes.GoUp(ours, steps);

        var after = _trial.Dump("ours");
        Assert.That(before.DifferencesTo(after), Is.Empty);
        Assert.That(CounterRule.Same.Broken(before, after), Is.Empty);
    }

    [Test]
    public void Rows_of_a_changed_Up_stay_beside_those_that_come_back()
    {
        Ours(NamedChains.RolesLater).Up();
        Ours(NamedChains.RolesLater).Down(1);

        Ours(Changed(NamedChains.RolesLater, NamedChains.Rows("role", "name", "root"))).Up();

        Assert.That(
            Rows("role"),
            Is.EqualTo(
                new[]
                {
                    "role: id = 1, name = 'admin'",
                    "role: id = 2, name = 'user'",
                    "role: id = 3, name = 'root'",
                }
            )
        );
    }

    [Test]
    public void An_archived_row_replaces_the_one_of_a_changed_Up_that_has_its_key()
    {
        var changed = NamedChains.Row("unit", ("id", 1), ("name", "yard"));
        Ours(NamedChains.Units).Up();
        Ours(NamedChains.Units).Down(1);

        Ours(Changed(NamedChains.Units, changed)).Up();

        Assert.That(
            Rows("unit"),
            Is.EqualTo(new[] { "unit: id = 1, name = 'metre'", "unit: id = 2, name = 'second'" })
        );
    }

    [Test]
    public void An_Up_that_fails_beside_archived_rows_has_the_words_of_the_database()
    {
        var ours = Ours(NamedChains.NumberedAndDeleted);
        ours.Up();
        ours.Down(1);
        _trial.Execute("INSERT INTO account (id, name) VALUES (2, 'ada')");

        Assert.That(
            () => ours.Up(),
            Throws
                .TypeOf<ChainFailure>()
                .With.Message.Contains("UNIQUE constraint failed: account.id")
        );
    }

    [Test]
    public void A_Down_supersedes_what_an_earlier_one_archived_though_stock_applied_it_in_between()
    {
        ArchiveFranceAndApplyByStock();
        _trial.Execute("INSERT INTO country (code) VALUES ('de')");

        Ours(NamedChains.Countries).Down(1);
        Ours(NamedChains.Countries).Up();

        Assert.That(Rows("country"), Has.One.EndsWith("'de'").And.None.EndsWith("'fr'"));
        Assert.That(Rows("country"), Has.Length.EqualTo(3));
    }

    [Test]
    public void A_Down_without_archive_supersedes_what_an_earlier_one_archived()
    {
        ArchiveFranceAndApplyByStock();

        Ours(NamedChains.Countries).DownWithoutArchive(1);
        Ours(NamedChains.Countries).Up();

        Assert.That(
            Rows("country"),
            Is.EqualTo(new[] { "country: id = 1, code = 'ch'", "country: id = 2, code = 'it'" })
        );
    }

    /// <summary>A row that users added is in the archive, and the migration is applied again without it.</summary>
    private void ArchiveFranceAndApplyByStock()
    {
        Ours(NamedChains.Countries).Up();
        _trial.Execute("INSERT INTO country (code) VALUES ('fr')");
        Ours(NamedChains.Countries).Down(1);
        new Stock(_trial, NamedChains.Countries, "ours").Up();
    }

    private static IEnumerable<TestCaseData> Each(
        Chain chain,
        string what,
        string users,
        WayBack[]? ways = null,
        [CallerArgumentExpression(nameof(chain))] string name = ""
    ) =>
        (ways ?? Ways).Select(way =>
            new TestCaseData(chain, way, users).SetArgDisplayNames(
                name.Split('.')[^1],
                what,
                $"{way}"
            )
        );

    private static Chain Changed(Chain chain, InsertRows insert) =>
        chain.With(chain.Migrations[^1] with { Operations = [insert] });

    private Ours Ours(Chain chain) => new(_trial, chain);

    private string[] Rows(string table) =>
        [
            .. _trial
                .Dump("ours")
                .Lines()
                .Where(line => line.StartsWith($"{table}: ", StringComparison.Ordinal)),
        ];
}
