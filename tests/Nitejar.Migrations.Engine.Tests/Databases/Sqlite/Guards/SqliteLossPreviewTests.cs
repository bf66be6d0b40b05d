using Nitejar.Migrations.Engine.Databases.Sqlite.Guards;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sessions;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>What a dry run says of rows, before anything is executed.</summary>
public sealed class SqliteLossPreviewTests
{
    private SqliteTestDatabase _database = null!;

    [SetUp]
    public void CreateDatabase()
    {
        _database = new SqliteTestDatabase();
        _database.Execute(
            "CREATE TABLE t (id INTEGER, note TEXT); INSERT INTO t VALUES (1, 'x'), (2, NULL); CREATE TABLE none (id)"
        );
    }

    [TearDown]
    public void DeleteDatabase() => _database.Dispose();

    [TestCase("DROP TABLE t", "t (2 rows)")]
    [TestCase("ALTER TABLE t DROP COLUMN note", "t.note (1 value)")]
    [TestCase("DROP TABLE none; DROP TABLE IF EXISTS missing; ALTER TABLE t DROP COLUMN no", "")]
    [TestCase(
        "CREATE TABLE n (id); INSERT INTO n SELECT id FROM t; DROP TABLE t; ALTER TABLE n RENAME TO T",
        ""
    )]
    [TestCase("CREATE TABLE n (id); DROP TABLE t; ALTER TABLE n RENAME TO t", "t (2 rows)")]
    [TestCase(
        "INSERT INTO none VALUES (1); DROP TABLE t; ALTER TABLE none RENAME TO other",
        "t (2 rows)"
    )]
    [TestCase(
        "ALTER TABLE t DROP COLUMN note; INSERT INTO none VALUES (1); DROP TABLE t; ALTER TABLE none RENAME TO t",
        "t.note (1 value)"
    )]
    [TestCase("DELETE FROM t", "t (2 rows)")]
    [TestCase("DELETE FROM main.t AS x WHERE x.note IS NULL;", "t (1 row)")]
    [TestCase("DELETE FROM t WHERE id IN (SELECT id FROM made); DELETE FROM t WHERE id > 5", "")]
    [TestCase("WITH x AS (SELECT 1) DELETE FROM t", "")]
    [TestCase(
        "UPDATE t SET note = (SELECT 'a' FROM none WHERE 1) WHERE id = 2",
        "t.note (1 value changed)"
    )]
    [TestCase(
        "UPDATE t SET (id, note) = (1, 2), id = 3",
        "t.id (2 values changed), t.note (2 values changed), t.id (2 values changed)"
    )]
    [TestCase("UPDATE t SET note = 1 FROM none", "")]
    public void Dropped_tables_and_columns_are_counted_and_rebuilt_tables_are_not(
        string sql,
        string losses
    )
    {
        using var connection = _database.Open();

        Assert.That(
            string.Join(", ", LossForecast.Of(new SqliteSession(connection), sql)),
            Is.EqualTo(losses)
        );
    }
}
