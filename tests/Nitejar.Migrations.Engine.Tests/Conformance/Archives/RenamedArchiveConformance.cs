using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>What a Down renames before it drops it is archived under the name that the next Up gives it.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class RenamedArchiveConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string Table = "CREATE TABLE t (id integer PRIMARY KEY, a text)";

    [TestCase("ALTER TABLE t RENAME TO gone; DROP TABLE gone")]
    [TestCase("ALTER TABLE t RENAME TO x; ALTER TABLE x RENAME TO \"o l d\"; DROP TABLE \"o l d\"")]
    [TestCase("ALTER TABLE t RENAME COLUMN a TO b; DROP TABLE t")]
    [TestCase(
        "ALTER TABLE t RENAME a TO b; ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME b TO c; DROP TABLE u"
    )]
    public void Rows_of_a_renamed_table_come_back(string down)
    {
        var catalog = Sql(Table, down);
        var archived = Revert(catalog, "INSERT INTO t (id, a) VALUES (1, 'x'), (2, NULL)");

        Assert.That(archived.Single(), Has.Property("Table").EqualTo("t"));
        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(new[] { "1|x", "2|" }));
        Assert.That(Archives(), Is.Empty);
    }

    [TestCase("ALTER TABLE t RENAME COLUMN c TO gone; ALTER TABLE t DROP COLUMN gone")]
    [TestCase("ALTER TABLE t RENAME TO u; ALTER TABLE u DROP COLUMN c; ALTER TABLE u RENAME TO t")]
    [TestCase(
        "ALTER TABLE t RENAME COLUMN id TO nr; ALTER TABLE t DROP COLUMN c; ALTER TABLE t RENAME COLUMN nr TO id"
    )]
    public void Values_of_a_renamed_column_come_back(string down)
    {
        Execute(Table);
        var catalog = Sql("ALTER TABLE t ADD COLUMN c text", down);
        var archived = Revert(catalog, "INSERT INTO t (id, a, c) VALUES (1, 'x', 'c1')");

        Assert.That(archived.Single(), Has.Property("Column").EqualTo("c"));
        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "1|x|c1" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_table_that_the_Down_itself_makes_has_no_other_name()
    {
        Execute($"{Table}; INSERT INTO t (id, a) VALUES (1, 'x')");
        var catalog = Sql(
            "SELECT 1",
            "CREATE TABLE n (id integer PRIMARY KEY, a text); INSERT INTO n SELECT * FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t; ALTER TABLE t RENAME TO u; DROP TABLE u"
        );

        Revert(catalog, "SELECT 1");

        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 Kept" }));
    }

    [Test]
    public void A_rebuild_that_moves_the_old_table_away_takes_only_the_column()
    {
        Execute(Table);
        var catalog = Sql(
            "ALTER TABLE t ADD COLUMN c text",
            """
            ALTER TABLE t RENAME TO old_t;
            CREATE TABLE t (id integer PRIMARY KEY, a text);
            INSERT INTO t SELECT id, a FROM old_t;
            DROP TABLE old_t;
            """
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id, a, c) VALUES (1, 'x', 'c1'), (2, 'y', NULL)");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Assert.That(
            refused.Losses.Select(loss => loss.ToString()),
            Is.EqualTo(new[] { "t.c (1 value, kept in the archive)" })
        );
        Succeed(catalog, new DownRequest(), Allowed);
        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(new[] { "1|x|c1", "2|y|" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_loss_is_told_under_the_name_that_people_know()
    {
        var catalog = Sql(Table, "ALTER TABLE t RENAME TO gone; DROP TABLE gone");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id, a) VALUES (1, 'x')");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(refused.Message, Does.Contain(" t (1 row, kept in the archive)."));
    }
}
