using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>What a dry run says of rows, for SQL that only SQLite takes.</summary>
public sealed class SqliteLossForecastTests : ConformanceTests<SqliteTestDatabase>
{
    [TestCase(
        "CREATE TABLE n (id); INSERT INTO n SELECT id FROM t; DROP TABLE t; ALTER TABLE n RENAME TO T",
        ""
    )]
    [TestCase("DELETE FROM main.t AS x WHERE x.note IS NULL;", "t (1 row)")]
    [TestCase(
        "UPDATE t SET note = (SELECT 'a' FROM none WHERE 1) WHERE id = 2",
        "t.note (1 value changed)"
    )]
    [TestCase(
        "UPDATE t SET (id, note) = (1, 2), id = 3",
        "t.id (2 values changed), t.note (2 values changed), t.id (2 values changed)"
    )]
    public void What_SQLite_alone_takes_is_counted_as_well(string sql, string losses)
    {
        Execute(
            "CREATE TABLE t (id INTEGER, note TEXT); INSERT INTO t VALUES (1, 'x'), (2, NULL); CREATE TABLE none (id)"
        );
        using var reader = Database.OpenReader(TimeSpan.Zero)!;

        Assert.That(
            string.Join(", ", reader.PreviewLosses(reader.Dialect.Parse(sql))),
            Is.EqualTo(losses)
        );
    }
}
