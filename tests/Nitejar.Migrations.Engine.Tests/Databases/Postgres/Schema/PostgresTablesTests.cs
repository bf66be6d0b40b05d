using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Schema;

public sealed class PostgresTablesTests : PostgresSchemaFixture
{
    [Test]
    public void Names_are_those_of_tables_with_rows_of_applications()
    {
        Execute(
            """
            CREATE TABLE b (); CREATE TABLE "A" (); CREATE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW m AS SELECT 1;
            CREATE TABLE parted (a integer) PARTITION BY LIST (a); CREATE TABLE part PARTITION OF parted DEFAULT;
            CREATE TABLE "VersionInfo" (); CREATE TABLE "VersionArchive_7" (); CREATE TABLE "VersionArchive_x" ();
            CREATE SCHEMA other; CREATE TABLE other.elsewhere (); CREATE TEMP TABLE passing ();
            CREATE TABLE of_extension (); CREATE EXTENSION hstore; ALTER EXTENSION hstore ADD TABLE of_extension;
            """
        );

        Assert.That(
            Tables.ReadNames(),
            Is.EqualTo(new[] { "A", "VersionArchive_x", "b", "parted" })
        );
    }

    [Test]
    public void A_table_is_found_with_its_stored_columns_and_its_key_in_order()
    {
        Execute(
            """
            CREATE TABLE "T""x" (a text, gone integer, b integer, c integer GENERATED ALWAYS AS (b + 1) STORED, d integer);
            ALTER TABLE "T""x" DROP COLUMN gone, ADD PRIMARY KEY (b, a) INCLUDE (d);
            """
        );

        var table = Tables.Find("T\"x")!;

        Assert.That(table.Columns, Is.EqualTo(new[] { "a", "b", "d" }));
        Assert.That(table.PrimaryKey, Is.EqualTo(new[] { "b", "a" }));
        Assert.That(table.Quoted, Is.EqualTo("\"public\".\"T\"\"x\""));
        Assert.That(table.IsVirtual, Is.False);
        Assert.That(table.RowId, Is.Null);
    }

    [Test]
    public void Tables_without_a_key_or_any_column_and_those_of_other_servers_are_found_too()
    {
        Execute(
            """
            CREATE TABLE keyless (a integer); CREATE TABLE bare ();
            CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
            CREATE FOREIGN TABLE far (a text) SERVER files OPTIONS (filename '/dev/null');
            """
        );

        Assert.That(Tables.Find("keyless")!.HasKey, Is.False);
        Assert.That(Tables.Find("bare")!.Columns, Is.Empty);
        Assert.That(Tables.Find("far")!.IsVirtual, Is.True);
    }

    [TestCase("t", true)]
    [TestCase("T", false)]
    [TestCase("v", false)]
    [TestCase("passing", false)]
    [TestCase("elsewhere", false)]
    public void Only_a_table_of_the_schema_by_its_exact_name_exists(string name, bool exists)
    {
        Execute(
            "CREATE TABLE t (); CREATE VIEW v AS SELECT 1; CREATE TEMP TABLE passing (); CREATE SCHEMA o; CREATE TABLE o.elsewhere ()"
        );

        Assert.That(Tables.Exists(name), Is.EqualTo(exists));
        Assert.That(Tables.Find(name) is not null, Is.EqualTo(exists));
        Assert.That(Tables.Read(name) is not null, Is.EqualTo(exists));
    }

    [Test]
    public void Every_object_with_a_name_is_known_with_the_table_that_takes_it_along()
    {
        Execute(
            """
            CREATE TABLE t (a serial PRIMARY KEY); CREATE INDEX i ON t (a); CREATE VIEW v AS SELECT 1;
            CREATE SEQUENCE s; CREATE TYPE mood AS ENUM (); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END';
            CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f();
            """
        );

        Assert.That(
            Tables.ReadObjects(),
            Is.EquivalentTo(
                new NamedObject[]
                {
                    new(EffectKind.MakeTable, "t", "t"),
                    new(EffectKind.MakeTable, "t_a_seq", "t"),
                    new(EffectKind.MakeIndex, "t_pkey", "t"),
                    new(EffectKind.MakeIndex, "i", "t"),
                    new(EffectKind.MakeView, "v", "v"),
                    new(EffectKind.MakeTable, "s", "s"),
                    new(EffectKind.MakeTable, "mood", "mood"),
                    new(EffectKind.MakeTrigger, "g", "t"),
                }
            )
        );
    }

    [Test]
    public void A_temporary_table_hides_the_one_of_its_name()
    {
        Execute("CREATE TABLE t (); CREATE TABLE u (); CREATE TEMP TABLE t ()");

        Assert.That(Tables.IsHidden("t"), Is.True);
        Assert.That(Tables.IsHidden("u"), Is.False);
    }

    [Test]
    public void Foreign_keys_that_change_rows_are_told_column_by_column()
    {
        Execute(
            """
            CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (a));
            CREATE TABLE c (x integer, y integer, z integer REFERENCES p (a) ON DELETE SET NULL, q integer REFERENCES p (a),
                FOREIGN KEY (x, y) REFERENCES p ON DELETE CASCADE);
            """
        );

        Assert.That(
            Tables.ReadDeleteActions(),
            Is.EquivalentTo(
                new DeleteAction[]
                {
                    new("c", "x", "p", Cascades: true),
                    new("c", "y", "p", Cascades: true),
                    new("c", "z", "p", Cascades: false),
                }
            )
        );
    }

    [TestCase("CREATE TABLE c (a integer REFERENCES t (a))", false)]
    [TestCase("CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING", true)]
    [TestCase(
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()",
        true
    )]
    public void Triggers_and_rules_may_replace_rows(string sql, bool mayReplace)
    {
        Execute("CREATE TABLE t (a integer PRIMARY KEY); CREATE VIEW v AS SELECT * FROM t");
        Execute(sql);

        Assert.That(Tables.MayReplaceRows(), Is.EqualTo(mayReplace));
    }
}
