using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Rows;

/// <summary>What PostgreSQL's own statements take is foreseen, and asked about before it is gone.</summary>
public sealed class PostgresLossTests : ConformanceTests<PostgresTestDatabase>
{
    [TestCase("TRUNCATE t", "t (3 rows)", "t (3 rows, kept in the archive)")]
    [TestCase(
        "TRUNCATE t, u",
        "t (3 rows), u (1 row)",
        "t (3 rows, kept in the archive), u (1 row, kept in the archive)"
    )]
    [TestCase(
        "ALTER TABLE t ALTER a TYPE char(1) USING left(a, 1)",
        "t.a (2 values changed)",
        "t.a (2 values changed)"
    )]
    public void What_is_done_to_all_rows_is_foreseen_and_told(
        string down,
        string foreseen,
        string told
    )
    {
        Execute(
            """
            CREATE TABLE t (id int PRIMARY KEY, a text); INSERT INTO t VALUES (1, 'xx'), (2, 'yy'), (3, NULL);
            CREATE TABLE u (id int PRIMARY KEY); INSERT INTO u VALUES (1)
            """
        );
        var catalog = Sql("CREATE TABLE z (id int)", down);
        Succeed(catalog, new UpRequest());

        var preview = new DryRun(Database, catalog).Preview(new DownRequest(), NoWait);
        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(
            string.Join(", ", preview.Steps.SelectMany(step => step.Losses)),
            Is.EqualTo(foreseen)
        );
        Assert.That(refused.Message, Is.EqualTo($"This would remove rows: {told}."));
    }

    [TestCase(
        "WITH d AS (DELETE FROM t WHERE id < 3 RETURNING id) INSERT INTO z SELECT id FROM d WHERE id = 1",
        "t (2 rows, kept in the archive)"
    )]
    [TestCase(
        "WITH d AS (DELETE FROM t RETURNING id), e AS (DELETE FROM u) SELECT * FROM d",
        "t (3 rows, kept in the archive), u (1 row, kept in the archive)"
    )]
    [TestCase(
        "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (u.id, 'new')",
        "t (1 row, kept in the archive)"
    )]
    public void Each_part_of_a_statement_counts_its_own_rows(string down, string told)
    {
        Execute(
            """
            CREATE TABLE t (id int PRIMARY KEY, a text); INSERT INTO t VALUES (1, 'xx'), (2, 'yy'), (3, NULL);
            CREATE TABLE u (id int PRIMARY KEY); INSERT INTO u VALUES (1)
            """
        );
        var catalog = Sql("CREATE TABLE z (id int)", down);
        Succeed(catalog, new UpRequest());

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(refused.Message, Is.EqualTo($"This would remove rows: {told}."));
    }

    [TestCase("DROP TABLE other.t", "other.t in another schema")]
    [TestCase("SET search_path = other; DROP TABLE t", "other schemas, by search_path")]
    public void What_another_schema_loses_is_not_counted_and_asked_about(
        string down,
        string reached
    )
    {
        Execute("CREATE SCHEMA other; CREATE TABLE other.t (id int); CREATE TABLE t (id int)");
        var catalog = Sql("CREATE TABLE z (id int)", down);
        Succeed(catalog, new UpRequest());

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(refused.Message, Is.EqualTo($"1_One also reaches {reached}."));
    }
}
