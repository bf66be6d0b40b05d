namespace Nitejar.Tests.Chains;

/// <summary>Chains that were written by hand, as people write their migrations.</summary>
internal static class NamedChains
{
    /// <summary>A table and its two rows in one migration that FluentMigrator reverts.</summary>
    public static Chain Roles { get; } =
        Of(Automatic(Table("role", "name"), Rows("role", "name", "admin", "user")));

    /// <summary>The same in two migrations, so that the table stays when the rows are reverted.</summary>
    public static Chain RolesLater { get; } =
        Of(Automatic(Table("role", "name")), Automatic(Rows("role", "name", "admin", "user")));

    /// <summary>Two countries, of three that there are later.</summary>
    public static Chain Countries { get; } =
        Of(Automatic(Table("country", "code"), Rows("country", "code", "ch", "it")));

    /// <summary>An account that refers to a role by the number that it was given.</summary>
    public static Chain Accounts { get; } =
        Of(
            ByHand(Table("role", "name"), AccountTable),
            Automatic(Rows("role", "name", "admin")),
            Automatic(Row("account", ("name", "root"), ("role_id", 1)))
        );

    /// <summary>A role that accounts of users may refer to.</summary>
    public static Chain AccountsOfUsers { get; } =
        Of(ByHand(Table("role", "name"), AccountTable), Automatic(Rows("role", "name", "admin")));

    /// <summary>Rows that name their identifiers.</summary>
    public static Chain Units { get; } =
        Of(
            Automatic(Table("unit", "name") with { HasIdentity = false }),
            Automatic(
                Row("unit", ("id", 1), ("name", "metre")),
                Row("unit", ("id", 2), ("name", "second"))
            )
        );

    /// <summary>As <see cref="Units"/>, in one migration.</summary>
    public static Chain UnitsAtOnce { get; } =
        Of(Automatic([.. Units.Migrations.SelectMany(migration => migration.Operations)]));

    /// <summary>Rows that are told apart by a text, with another value.</summary>
    public static Chain Prices { get; } =
        Of(
            Automatic(
                new CreateTable(
                    "price",
                    HasIdentity: true,
                    [new("item", IsText: true), new("amount", IsText: false)]
                ),
                new CreateIndex("price_item", "price", "item", IsUnique: true)
            ),
            Automatic(Row("price", ("item", "tea"), ("amount", 3)))
        );

    /// <summary>A table that is renamed by the migration that fills it.</summary>
    public static Chain RenamedAndFilled { get; } =
        Of(
            Automatic(Table("role", "name"), Rows("role", "name", "user")),
            Automatic(new RenameTable("role", "duty"), Rows("duty", "name", "admin"))
        );

    /// <summary>A column is renamed by a migration that fills another table, by looking for its parent.</summary>
    public static Chain ParentRenamedAndChildFilled { get; } =
        Of(
            ByHand(Table("role", "name"), AccountTable, Rows("role", "name", "admin")),
            ByHand(
                new RenameColumn("role", "name", "title"),
                new InsertReferring(
                    "account",
                    new Dictionary<string, Cell> { ["name"] = "root" },
                    new Lookup("role_id", "role", "title", "admin"),
                    IsStatement: true
                )
            )
        );

    /// <summary>As <see cref="AccountsOfUsers"/>; in between, the column that refers is renamed.</summary>
    public static Chain AccountsThatAreRenamed { get; } =
        Of(
            ByHand(Table("role", "name"), AccountTable),
            Automatic(new RenameColumn("account", "role_id", "duty_id")),
            Automatic(Rows("role", "name", "admin"))
        );

    /// <summary>As <see cref="AccountsOfUsers"/>; in between, a column is added.</summary>
    public static Chain AccountsThatAreWidened { get; } =
        Of(
            ByHand(Table("role", "name"), AccountTable),
            Automatic(new AddColumn("account", new ChainColumn("note", IsText: true))),
            Automatic(Rows("role", "name", "admin"))
        );

    /// <summary>A row that the migration which inserts it deletes again; its Down inserts it and deletes it.</summary>
    public static Chain InsertedAndDeleted { get; } =
        Of(
            Automatic(Table("role", "name")),
            ByHand(
                Rows("role", "name", "admin", "user"),
                new DeleteRow(
                    "role",
                    new Dictionary<string, Cell> { ["id"] = 1, ["name"] = "admin" }
                )
            )
        );

    /// <summary>A row that is given the number of one which the database has numbered and the migration has deleted again, and a row that it numbers itself.</summary>
    public static Chain NumberedAndDeleted { get; } =
        Of(
            ByHand(Table("role", "name"), AccountTable, Rows("role", "name", "admin")),
            ByHand(
                Rows("account", "name", "first"),
                new InsertReferring(
                    "account",
                    new Dictionary<string, Cell> { ["id"] = 2, ["name"] = "root" },
                    new Lookup("role_id", "role", "name", "admin"),
                    IsStatement: true
                ),
                new DeleteRow(
                    "account",
                    new Dictionary<string, Cell> { ["id"] = 1, ["name"] = "first" }
                )
            )
        );

    /// <summary>A row that finds its parent by a query, which cannot be asked again: the parent's table has another name in the end.</summary>
    public static Chain CopiedAndRenamed { get; } =
        Of(
            ByHand(Table("role", "name"), AccountTable, Rows("role", "name", "admin", "guest")),
            ByHand(
                new InsertReferring(
                    "account",
                    new Dictionary<string, Cell> { ["name"] = "root" },
                    new Lookup("role_id", "role", "name", "admin"),
                    IsStatement: true
                ),
                new DeleteRow(
                    "role",
                    new Dictionary<string, Cell> { ["id"] = 2, ["name"] = "guest" }
                ),
                new RenameTable("role", "duty")
            )
        );

    /// <summary>The first migration of many an application: the languages, and somebody who may log in.</summary>
    public static Chain Languages { get; } =
        Of(
            Automatic(
                Table("languages", "code"),
                Rows("languages", "code", [.. "en de es fr it nl pl pt ru tr zh".Split(' ')]),
                Table("users", "name"),
                Rows("users", "name", "admin")
            )
        );

    private static CreateTable AccountTable =>
        new(
            "account",
            HasIdentity: true,
            [new("name", IsText: true), new("role_id", IsText: false, Parent: "role")]
        );

    /// <summary>Inserts a row for each text.</summary>
    public static InsertRows Rows(string table, string column, params string[] texts) =>
        new(table, [.. texts.Select(text => new Dictionary<string, Cell> { [column] = text })]);

    /// <summary>Inserts a row.</summary>
    public static InsertRows Row(string table, params (string Column, Cell Value)[] row) =>
        new(table, [row.ToDictionary(cell => cell.Column, cell => cell.Value)]);

    private static CreateTable Table(string name, string column) =>
        new(name, HasIdentity: true, [new(column, IsText: true)]);

    private static ChainMigration Automatic(params ChainOperation[] operations) =>
        new(0, "", Reversal.Automatic, operations);

    private static ChainMigration ByHand(params ChainOperation[] operations) =>
        new(0, "", Reversal.InReverseOrder, operations);

    private static Chain Of(params ChainMigration[] migrations) =>
        new(
            0,
            [
                .. migrations.Select(
                    (migration, i) => migration with { Version = i + 1, Name = $"Step{i + 1}" }
                ),
            ]
        );
}
