using Nitejar.Migrations.Engine.Reading;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Rows;

/// <summary>What a dry run says of rows, before anything is executed.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class LossForecastConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    [TestCase("DROP TABLE t", "t (2 rows)")]
    [TestCase("ALTER TABLE t DROP COLUMN note", "t.note (1 value)")]
    [TestCase("DROP TABLE bare; DROP TABLE IF EXISTS missing; ALTER TABLE t DROP COLUMN nope", "")]
    [TestCase(
        "CREATE TABLE n (id integer); INSERT INTO n SELECT id FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t",
        ""
    )]
    [TestCase("CREATE TABLE n (id integer); DROP TABLE t; ALTER TABLE n RENAME TO t", "t (2 rows)")]
    [TestCase(
        "INSERT INTO bare (id) VALUES (1); DROP TABLE t; ALTER TABLE bare RENAME TO other",
        "t (2 rows)"
    )]
    [TestCase(
        "ALTER TABLE t DROP COLUMN note; INSERT INTO bare (id) VALUES (1); DROP TABLE t; ALTER TABLE bare RENAME TO t",
        "t.note (1 value)"
    )]
    [TestCase("DELETE FROM t", "t (2 rows)")]
    [TestCase("DELETE FROM t AS x WHERE x.note IS NULL;", "t (1 row)")]
    [TestCase("DELETE FROM t WHERE id IN (SELECT id FROM made); DELETE FROM t WHERE id > 5", "")]
    [TestCase("WITH x AS (SELECT 1) DELETE FROM t", "")]
    [TestCase(
        "UPDATE t SET note = (SELECT 'a' FROM bare WHERE 1 = 1) WHERE id = 2",
        "t.note (1 value changed)"
    )]
    [TestCase(
        "UPDATE t SET (id, note) = (1, '2')",
        "t.id (2 values changed), t.note (2 values changed)"
    )]
    [TestCase("UPDATE t SET note = 'a' FROM bare", "")]
    public void Dropped_tables_and_columns_are_counted_and_rebuilt_tables_are_not(
        string sql,
        string losses
    )
    {
        Execute(
            "CREATE TABLE t (id integer, note text); INSERT INTO t (id, note) VALUES (1, 'x'), (2, NULL); CREATE TABLE bare (id integer)"
        );
        using var reader = Database.OpenReader(TimeSpan.Zero)!;

        Assert.That(
            string.Join(", ", reader.PreviewLosses(reader.Dialect.Parse(sql))),
            Is.EqualTo(losses)
        );
    }
}
