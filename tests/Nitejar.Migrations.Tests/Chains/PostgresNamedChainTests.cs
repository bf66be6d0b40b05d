using Nitejar.Migrations.Tests.Chains.Runners;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>Down and up lead back on PostgreSQL: references that are checked when the transaction ends, and TRUNCATE.</summary>
public sealed class PostgresNamedChainTests
{
    private static readonly CreateTable Parent = new(
        "parent",
        HasIdentity: true,
        [new("name", IsText: true)]
    );

    private static readonly CreateTable Child = new(
        "child",
        HasIdentity: true,
        [
            new("name", IsText: true),
            new("parent_id", IsText: false, Parent: "parent") { Rule = ParentRule.ForbidsLater },
        ]
    );

    private static readonly CreateTable Referring = new(
        "child",
        HasIdentity: true,
        [new("name", IsText: true), new("parent_id", IsText: false, Parent: "parent")]
    );

    private ChainTrial _trial = null!;

    [SetUp]
    public void OpenTrial() => _trial = new ChainTrial(seed: 0, new Tally(), ChainKind.Postgres);

    [TearDown]
    public void CloseTrial() => _trial.Dispose();

    /// <summary>The child goes first, and its reference with it; what it had to check still keeps the parent.</summary>
    [Test]
    public void Rows_that_wait_keep_no_table_that_a_later_step_drops() =>
        RequireReturn(
            Of((Reversal.InReverseOrder, [Parent, Child]), Rows("parent")),
            users: "",
            WayBack.AllAtOnce
        );

    /// <summary>The server lets the table go, and with it what refers to the rows that are gone.</summary>
    [Test]
    public void What_waits_is_not_checked_before_the_server_asks_for_it() =>
        RequireReturn(
            Of(
                (Reversal.InReverseOrder, [Parent]),
                (
                    Reversal.AllRows,
                    [
                        Child,
                        new CreateIndex("child_name", "child", "name", IsUnique: true),
                        NamedChains.Rows("parent", "name", "seed"),
                    ]
                )
            ),
            "INSERT INTO child (name, parent_id) VALUES ('hers', 1)",
            WayBack.Redo
        );

    /// <summary>The Up makes the reference, and then rows that refer to what users have deleted; no row of it stays.</summary>
    [Test]
    public void A_reference_that_the_Up_makes_waits_for_the_rows_that_come_back() =>
        RequireReturn(
            Of(
                (Reversal.InReverseOrder, [Parent]),
                Rows("parent"),
                (
                    Reversal.TablesOnly,
                    [Child, NamedChains.Row("child", ("name", "seed"), ("parent_id", 1))]
                ),
                (Reversal.InReverseOrder, [new DropTable(Child)])
            ),
            "DELETE FROM parent",
            WayBack.AllThenOneByOne
        );

    /// <summary>The Up refers to rows that users have deleted, and then gives their table and the column that refers to them other names.</summary>
    [Test]
    public void A_reference_that_rests_follows_its_tables_and_columns() =>
        RequireReturn(
            Of(
                (Reversal.InReverseOrder, [Parent, Referring]),
                Rows("parent"),
                (
                    Reversal.AllRows,
                    [
                        NamedChains.Row("child", ("name", "seed"), ("parent_id", 1)),
                        new RenameTable("parent", "owner"),
                        new RenameColumn("child", "parent_id", "owner_id"),
                    ]
                )
            ),
            "DELETE FROM child; DELETE FROM owner",
            WayBack.Redo
        );

    /// <summary>The query finds two constants, whose columns have one name, and the row that it finds stays.</summary>
    [Test]
    public void Rows_that_a_query_of_constants_copies_are_not_moved() =>
        RequireReturn(
            Of(
                (
                    Reversal.InReverseOrder,
                    [
                        Parent,
                        Referring with
                        {
                            HasIdentity = false,
                        },
                        new CreateTable(
                            "note",
                            HasIdentity: true,
                            [new ChainColumn("name", IsText: true)]
                        )
                        {
                            Key = TableKey.None,
                        },
                    ]
                ),
                (Reversal.InReverseOrder, [NamedChains.Rows("parent", "name", "seed", "gone")]),
                (
                    Reversal.InReverseOrder,
                    [
                        new InsertReferring(
                            "child",
                            new Dictionary<string, Cell> { ["id"] = 7, ["name"] = "copied" },
                            new Lookup("parent_id", "parent", "name", "seed"),
                            IsStatement: true
                        ),
                        NamedChains.Rows("note", "name", "copied"),
                        new DeleteRow(
                            "parent",
                            new Dictionary<string, Cell> { ["id"] = 2, ["name"] = "gone" }
                        )
                        {
                            IsOverriding = true,
                        },
                    ]
                )
            ),
            users: "",
            WayBack.AllAtOnce
        );

    /// <summary>Rows without a key are told apart by their places, of which an emptied table has new ones.</summary>
    [Test]
    public void A_row_that_the_Down_inserts_and_truncates_is_not_archived()
    {
        var parent = Parent with { Key = TableKey.None };
        var deleted = new Dictionary<string, Cell> { ["id"] = 1, ["name"] = "seed" };
        RequireReturn(
            Of(
                (Reversal.InReverseOrder, [parent]),
                Rows("parent"),
                (
                    Reversal.Truncated,
                    [
                        NamedChains.Rows("parent", "name", "second"),
                        new DeleteRow("parent", deleted) { IsOverriding = true },
                        NamedChains.Rows("parent", "name", "third"),
                    ]
                )
            ),
            users: "",
            WayBack.AllAtOnce
        );
    }

    private void RequireReturn(Chain chain, string users, WayBack way)
    {
        var ours = new Ours(_trial, chain);
        ours.Up();
        _trial.Execute(users);
        var before = _trial.Dump("ours");

        way.GoDown(ours, chain.Migrations.Count);
        way.GoUp(ours, chain.Migrations.Count);

        Assert.That(before.DifferencesTo(_trial.Dump("ours")), Is.Empty);
    }

    private static (Reversal, ChainOperation[]) Rows(string table) =>
        (Reversal.InReverseOrder, [NamedChains.Rows(table, "name", "seed")]);

    private static Chain Of(params (Reversal Reversal, ChainOperation[] Operations)[] migrations) =>
        new(
            Seed: 0,
            [
                .. migrations.Select(
                    (migration, i) =>
                        new ChainMigration(
                            i + 1,
                            $"Step{i + 1}",
                            migration.Reversal,
                            migration.Operations
                        )
                        {
                            Kind = ChainKind.Postgres,
                        }
                ),
            ]
        )
        {
            Kind = ChainKind.Postgres,
        };
}
