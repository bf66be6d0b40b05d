using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Postgres.Schema;
using Nitejar.Migrations.Postgres.Schema.Scripts;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Schema;

/// <summary>Scripts make the same schema in an empty database, by pg_dump and by the model.</summary>
public sealed class PostgresSchemaScriptTests : PostgresSchemaFixture
{
    [Test]
    public void The_script_of_a_rich_schema_makes_it_again()
    {
        Database.Psql(RichSchema.Sql);

        AssertIsMadeAgain();
    }

    [TestCase(
        "CREATE TABLE a (id serial PRIMARY KEY, n integer DEFAULT 1); COMMENT ON TABLE a IS 'b;c'"
    )]
    [TestCase(
        "CREATE TABLE a (id integer PRIMARY KEY, b integer); CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b"
    )]
    [TestCase(
        "CREATE FUNCTION z(n integer) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT n > 0'; CREATE TABLE a (n integer CHECK (z(n)), CONSTRAINT e EXCLUDE (n WITH =)); CREATE INDEX i ON a (n) WHERE z(n)"
    )]
    [TestCase(
        "CREATE DOMAIN a AS text; CREATE DOMAIN \"Z z\" AS a NOT NULL; CREATE TYPE b AS (z \"Z z\"[]); CREATE TABLE c (b b, z \"Z z\"[])"
    )]
    [TestCase(
        "CREATE VIEW a AS SELECT 1 AS x; CREATE VIEW b AS SELECT * FROM a; CREATE OR REPLACE VIEW a AS SELECT 2 AS x; CREATE TABLE t (a a)"
    )]
    [TestCase(
        "CREATE FUNCTION add(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT a + b'; CREATE AGGREGATE total(integer) (SFUNC = add, STYPE = integer, INITCOND = '0')"
    )]
    [TestCase(
        "CREATE TABLE a (id integer PRIMARY KEY, n text); CREATE VIEW v AS SELECT id, n FROM a GROUP BY id"
    )]
    [TestCase("CREATE SEQUENCE s; CREATE TABLE a (id integer); ALTER SEQUENCE s OWNED BY a.id")]
    [TestCase("CREATE EXTENSION hstore; CREATE TABLE a (h hstore, t text DEFAULT 'é''\\\"')")]
    [TestCase(
        "CREATE TABLE a (id integer NOT NULL, v integer); CREATE UNIQUE INDEX u ON a (id); ALTER TABLE a REPLICA IDENTITY USING INDEX u; ALTER TABLE a ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    )]
    [TestCase(
        "CREATE TABLE p (a integer, b text, CONSTRAINT over_0 CHECK (a > 0), UNIQUE (a)) PARTITION BY LIST (a); CREATE TABLE c (b text DEFAULT 'own', a integer NOT NULL CONSTRAINT over_0 CHECK (a > 0)); ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1); CREATE TABLE d PARTITION OF p DEFAULT PARTITION BY HASH (a); CREATE TABLE e PARTITION OF d FOR VALUES WITH (MODULUS 1, REMAINDER 0); CREATE INDEX i ON p (b)"
    )]
    [TestCase("")]
    public void The_script_of_a_schema_makes_it_again(string sql)
    {
        Database.Psql(sql);

        AssertIsMadeAgain();
    }

    [Test]
    public void Tables_of_the_migrator_are_left_out()
    {
        Execute("CREATE TABLE \"VersionInfo\" (); CREATE TABLE \"VersionArchive_1\" ()");

        Assert.That(PostgresSchemaScript.Read(Connection, "public", "VersionInfo"), Is.Empty);
    }

    [Test]
    public void A_schema_of_another_name_is_made_in_public()
    {
        Database.Psql($"CREATE SCHEMA other; SET search_path = other; {RichSchema.Sql}");
        using var copy = EmptyDatabases.Take();

        copy.Psql(string.Join('\n', PostgresSchemaScript.Read(Connection, "other", "VersionInfo")));

        using var connection = Open(copy);
        Assert.That(
            SchemaComparison.Of(
                PostgresSchemaReader.ReadSchema(Connection, "other", "VersionInfo"),
                PostgresSchemaReader.ReadSchema(connection, "public", "VersionInfo"),
                StringComparer.Ordinal
            ),
            Is.Empty
        );
    }

    private void AssertIsMadeAgain()
    {
        var script = PostgresSchemaScript.Read(Connection, "public", "VersionInfo");
        using var copy = EmptyDatabases.Take();

        copy.Psql(string.Join('\n', script));

        Assert.That(copy.Dump(), Is.EqualTo(Database.Dump()), string.Join('\n', script));
        using var connection = Open(copy);
        Assert.That(
            PostgresSchemaScript.Read(connection, "public", "VersionInfo"),
            Is.EqualTo(script)
        );
        Assert.That(
            SchemaComparison.Of(
                Tables.ReadSchema(),
                PostgresSchemaReader.ReadSchema(connection, "public", "VersionInfo"),
                StringComparer.Ordinal
            ),
            Is.Empty
        );
    }
}
