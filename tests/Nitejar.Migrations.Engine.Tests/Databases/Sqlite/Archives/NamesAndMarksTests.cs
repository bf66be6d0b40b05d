using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>
/// Names without quotes hold any character outside of ASCII, and a byte order mark may stand before any word: what a
/// Down drops is asked about, archived and put back all the same.
/// </summary>
public sealed class NamesAndMarksTests : ArchiveFixture<SqliteTestDatabase>
{
    private const string Mark = "\uFEFF";

    private static readonly string[] Names =
    [
        "टिप्पणी",
        "หมายเหตุที่",
        "\u0645\u064F\u0644\u0627\u062D\u064E\u0638\u0629",
        "e\u0301te\u0301",
        "preis_€",
        "姓・名",
        "t_😀",
        "a\u00A0b\u00A0",
        "\u2028a",
        "a\u200Db",
        "a" + Mark + "b",
    ];

    [TestCaseSource(nameof(Names))]
    public void A_table_of_any_name_comes_back(string name) =>
        RequireReturn(
            $"CREATE TABLE {name} (a)",
            $"DROP TABLE {name}",
            $"INSERT INTO {name} VALUES (7)",
            $"SELECT a FROM {name}"
        );

    [TestCaseSource(nameof(Names))]
    public void A_column_of_any_name_comes_back(string name)
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        RequireReturn(
            $"ALTER TABLE t ADD COLUMN {name}",
            $"ALTER TABLE t DROP COLUMN {name}",
            "INSERT INTO t VALUES (1, 7)",
            $"SELECT {name} FROM t"
        );
    }

    [TestCaseSource(nameof(Names))]
    public void A_renamed_table_of_any_name_comes_back(string name) =>
        RequireReturn(
            $"CREATE TABLE t (a); ALTER TABLE t RENAME TO {name}",
            $"ALTER TABLE {name} RENAME TO t; DROP TABLE t",
            $"INSERT INTO {name} VALUES (7)",
            $"SELECT a FROM {name}"
        );

    [TestCase($"{Mark}DROP TABLE t")]
    [TestCase($"SELECT 1;{Mark}DROP {Mark}TABLE {Mark}t;")]
    [TestCase($"-- first\n{Mark}\n DROP TABLE main . {Mark}t")]
    [TestCase($"/*/ {Mark}; */ DROP TABLE t")]
    public void A_mark_before_a_word_hides_nothing(string down) =>
        RequireReturn("CREATE TABLE t (a)", down, "INSERT INTO t VALUES (7)", "SELECT a FROM t");

    [TestCase($"{Mark}COMMIT")]
    [TestCase($"{Mark};{Mark}END")]
    [TestCase($"/**/{Mark}ROLLBACK")]
    [TestCase($"{Mark}BEGIN")]
    public void A_mark_does_not_hide_the_end_of_the_transaction(string sql)
    {
        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(1, "One", $"CREATE TABLE t (a); {sql}; DROP TABLE t")
            ),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("must not begin or end a transaction"));
    }

    [Test]
    public void A_mark_does_not_keep_a_statement_in_a_transaction() =>
        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf
                    .Sql(
                        1,
                        "One",
                        $"CREATE TABLE t (a);{Mark}VACUUM;{Mark}CREATE {Mark}TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; SELECT 1; END;{Mark}VACUUM"
                    )
                    .WithoutTransaction()
            ),
            new UpRequest()
        );

    /// <summary>Without consent the Down is refused; with it the row is archived, and the next Up puts it back.</summary>
    private void RequireReturn(string up, string down, string insert, string select)
    {
        var catalog = Sql(up, down);
        Succeed(catalog, new UpRequest());
        Execute(insert);

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Assert.That(refused.Losses, Is.Not.Empty);
        var archived = Succeed(catalog, new DownRequest(), Allowed).Steps[0].Data.Archived;
        Assert.That(archived, Is.Not.Empty);
        Reapply(catalog);

        Assert.That(Query(select), Is.EqualTo(new[] { "7" }));
    }
}
