using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Rows;

/// <summary>What PostgreSQL alone has, on the way down and up.</summary>
public sealed class PostgresArchiveTests : ArchiveFixture<PostgresTestDatabase>
{
    [TestCase("CREATE TYPE mood AS ENUM ('low', 'high')", "DROP TYPE mood")]
    [TestCase("CREATE DOMAIN mood AS text CHECK (VALUE <> '')", "DROP DOMAIN mood")]
    [TestCase("CREATE TYPE mood AS ENUM ('low', 'high')", "DROP TYPE mood CASCADE")]
    public void A_type_that_the_Down_drops_too_comes_back_with_its_values(string make, string drop)
    {
        var catalog = Sql(
            $"{make}; CREATE TABLE t (id int PRIMARY KEY, m mood, all_of mood[])",
            $"DROP TABLE t; {drop}"
        );
        Revert(catalog, "INSERT INTO t VALUES (1, 'low', '{low,NULL}'), (2, NULL, NULL)");

        Reapply(catalog);

        Assert.That(
            Query("SELECT id, m::text, all_of::text FROM t ORDER BY id"),
            Is.EqualTo(new[] { "1|low|{low,NULL}", "2||" })
        );
        Assert.That(
            Query(
                "SELECT format_type(atttypid, -1) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'm'"
            ),
            Is.EqualTo(new[] { "mood" })
        );
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void No_other_role_reads_what_was_archived_whatever_default_privileges_say()
    {
        Execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC, pg_monitor");
        var catalog = Sql("CREATE TABLE t (id int PRIMARY KEY)", "DROP TABLE t");

        Revert(catalog, "INSERT INTO t VALUES (1)");

        Assert.That(
            Query(
                "SELECT a.grantee FROM pg_class AS c, aclexplode(c.relacl) AS a WHERE c.relname = 'VersionArchive_1' AND a.grantee <> c.relowner"
            ),
            Is.Empty
        );
    }

    /// <summary>nextval in a comparison would count; the number after the last one is given next.</summary>
    [Test]
    public void A_default_that_counts_is_not_evaluated_for_a_comparison()
    {
        Execute(
            "CREATE SEQUENCE numbers; CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, n int DEFAULT nextval('numbers') REFERENCES parent (id) ON DELETE SET NULL)"
        );
        var catalog = Sql("INSERT INTO parent VALUES (1)", "DELETE FROM parent WHERE id = 1");
        Revert(catalog, "INSERT INTO t (id, n) SELECT i, 1 FROM generate_series(1, 20) AS i");

        Reapply(catalog);

        Assert.That(Query("SELECT count(*) FROM t WHERE n = 1"), Is.EqualTo(new[] { "20" }));
        Assert.That(Query("SELECT is_called FROM numbers"), Is.EqualTo(new[] { "False" }));
    }

    [TestCase("text", "'seed'")]
    [TestCase("uuid", "'00000000-0000-4000-8000-000000000001'")]
    public void A_key_beside_the_column_that_counts_may_have_any_type(string type, string key)
    {
        Execute($"CREATE TABLE t (id {type} PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY)");
        var catalog = Sql($"INSERT INTO t (id) VALUES ({key})", "DELETE FROM t");
        Revert(catalog, "SELECT 1");

        Reapply(catalog);

        Assert.That(Query("SELECT n FROM t"), Is.EqualTo(new[] { "1" }));
        Assert.That(
            Query("INSERT INTO t (id) VALUES (gen_random_uuid()::text::" + type + ") RETURNING n"),
            Is.EqualTo(new[] { "2" })
        );
    }

    [Test]
    public void Rows_of_json_that_a_query_copied_are_found_again()
    {
        Execute(
            "CREATE TABLE source (id int PRIMARY KEY, j json); CREATE TABLE t (id int PRIMARY KEY, j json)"
        );
        Execute("INSERT INTO source VALUES (1, '{\"a\":  1}')");
        var catalog = Sql(
            "INSERT INTO t SELECT * FROM source; DELETE FROM t WHERE id = 9",
            "DELETE FROM t"
        );
        Revert(catalog, "UPDATE t SET j = '{}'");

        Reapply(catalog);

        Assert.That(Query("SELECT id, j::text FROM t"), Is.EqualTo(new[] { "1|{}" }));
    }

    [Test]
    public void A_deferred_reference_is_no_obstacle_to_later_statements()
    {
        Execute(
            "CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"
        );
        var catalog = Sql(
            "INSERT INTO child VALUES (1, 1); INSERT INTO parent VALUES (1); ALTER TABLE child ADD note text",
            "DELETE FROM parent; DELETE FROM child; ALTER TABLE child DROP note"
        );
        Revert(catalog, "UPDATE child SET note = 'mine'");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM child"), Is.EqualTo(new[] { "1|1|mine" }));
    }

    [Test]
    public void A_reference_of_a_table_that_is_renamed_later_in_the_run_is_valid_in_the_end()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "Family",
                "CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent (id))",
                "DROP TABLE child; DROP TABLE parent"
            ),
            MigrationsOf.Sql(
                2,
                "Name",
                "ALTER TABLE child RENAME TO infant",
                "ALTER TABLE infant RENAME TO child"
            )
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO parent VALUES (1); INSERT INTO infant VALUES (1, 1)");

        Succeed(catalog, new DownRequest(All: true), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(
            Query(
                "SELECT convalidated FROM pg_constraint WHERE conrelid = 'infant'::regclass AND contype = 'f'"
            ),
            Is.EqualTo(new[] { "True" })
        );
    }

    [Test]
    public void A_key_that_is_renamed_between_inserts_and_deletes_is_followed()
    {
        Execute("CREATE TABLE t (id int PRIMARY KEY, name text)");
        var catalog = Sql(
            "INSERT INTO t VALUES (1, 'a'); ALTER TABLE t RENAME id TO number; INSERT INTO t VALUES (2, 'b')",
            "INSERT INTO t VALUES (9, 'c'); DELETE FROM t WHERE number = 2; ALTER TABLE t RENAME number TO id; DELETE FROM t"
        );
        Revert(catalog, "UPDATE t SET name = 'mine' WHERE number = 2");

        Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM t ORDER BY number"),
            Is.EqualTo(new[] { "1|a", "2|mine" })
        );
    }

    [Test]
    public void A_parent_may_be_deleted_before_its_child_where_the_reference_is_deferred()
    {
        var catalog = Sql(
            "CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)",
            "DELETE FROM parent; UPDATE child SET id = id + 1; DELETE FROM child; DROP TABLE child; DROP TABLE parent"
        );
        Revert(catalog, "INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1, 1)");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM child"), Is.EqualTo(new[] { "1|1" }));
        Assert.That(Query("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"), Is.Empty);
    }
}
