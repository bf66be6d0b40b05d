using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>
/// Names without quotes hold any character outside of ASCII: what a Down drops is asked about, archived and put back all
/// the same, and names that look like others are not others.
/// </summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class NamesConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
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
        "a\uFEFFb",
    ];

    [TestCaseSource(nameof(Names))]
    public void A_table_of_any_name_comes_back(string name) =>
        RequireReturn(
            $"CREATE TABLE {name} (a integer)",
            $"DROP TABLE {name}",
            $"INSERT INTO {name} (a) VALUES (7)",
            $"SELECT a FROM {name}"
        );

    [TestCaseSource(nameof(Names))]
    public void A_column_of_any_name_comes_back(string name)
    {
        Execute("CREATE TABLE t (id integer PRIMARY KEY)");
        RequireReturn(
            $"ALTER TABLE t ADD COLUMN {name} integer",
            $"ALTER TABLE t DROP COLUMN {name}",
            $"INSERT INTO t (id, {name}) VALUES (1, 7)",
            $"SELECT {name} FROM t"
        );
    }

    [TestCaseSource(nameof(Names))]
    public void A_renamed_table_of_any_name_comes_back(string name) =>
        RequireReturn(
            $"CREATE TABLE t (a integer); ALTER TABLE t RENAME TO {name}",
            $"ALTER TABLE {name} RENAME TO t; DROP TABLE t",
            $"INSERT INTO {name} (a) VALUES (7)",
            $"SELECT a FROM {name}"
        );

    [Test]
    public void Letters_outside_of_ASCII_differ_by_their_case()
    {
        var catalog = Sql(
            "CREATE TABLE \"É\" (\"ä\" integer, \"Ä\" integer); CREATE TABLE \"é\" (x integer)",
            "DROP TABLE \"É\"; DROP TABLE \"é\""
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO \"É\" (\"ä\", \"Ä\") VALUES (1, 2); INSERT INTO \"é\" (x) VALUES (3)");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Assert.That(refused.Losses, Has.Count.EqualTo(2));
        Succeed(catalog, new DownRequest(), Allowed);
        Reapply(catalog);

        Assert.That(Query("SELECT * FROM \"É\", \"é\""), Is.EqualTo(new[] { "1|2|3" }));
    }

    [Test]
    public void A_table_of_the_archives_name_stays_what_it_is()
    {
        Execute(
            "CREATE TABLE \"VersionArchive_1\" (a text); INSERT INTO \"VersionArchive_1\" (a) VALUES ('mine')"
        );
        var catalog = Sql("CREATE TABLE t (a integer)", "DROP TABLE t");
        Revert(catalog, "INSERT INTO t (a) VALUES (1)");

        Reapply(catalog);

        Assert.That(
            Query("SELECT m.a, t.a FROM \"VersionArchive_1\" m, t"),
            Is.EqualTo(new[] { "mine|1" })
        );
    }
}
