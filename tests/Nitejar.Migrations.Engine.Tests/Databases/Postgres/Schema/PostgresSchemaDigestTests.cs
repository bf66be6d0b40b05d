using Nitejar.Migrations.Postgres.Schema;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Schema;

public sealed class PostgresSchemaDigestTests : PostgresSchemaFixture
{
    private const string Sql = "UPDATE \"Named\" SET a = 1; SELECT other_function()";

    [TestCase("ALTER TABLE \"Named\" ADD COLUMN b integer")]
    [TestCase("ALTER TABLE \"Named\" ALTER COLUMN a SET DEFAULT 2")]
    [TestCase("CREATE INDEX i ON \"Named\" (a)")]
    [TestCase("ALTER TABLE \"Named\" ADD FOREIGN KEY (a) REFERENCES unnamed")]
    [TestCase("CREATE TRIGGER t BEFORE UPDATE ON \"Named\" EXECUTE FUNCTION f()")]
    [TestCase("CREATE POLICY p ON \"Named\"")]
    [TestCase("CREATE FUNCTION other_function() RETURNS text LANGUAGE sql AS 'SELECT 1'")]
    public void A_change_of_what_is_named_gives_another_digest(string change)
    {
        Prepare();
        var before = Digest();

        Execute(change);

        Assert.That(Digest(), Is.Not.EqualTo(before).And.Matches("^[0-9a-f]{64}$"));
    }

    [TestCase("ALTER TABLE unnamed ADD COLUMN b integer")]
    [TestCase("INSERT INTO \"Named\" VALUES (7)")]
    [TestCase("CREATE TABLE further ()")]
    public void Any_other_change_does_not(string change)
    {
        Prepare();
        var before = Digest();

        Execute(change);

        Assert.That(Digest(), Is.EqualTo(before));
    }

    [Test]
    public void Where_nothing_is_named_it_is_empty()
    {
        Prepare();

        Assert.That(
            PostgresSchemaDigest.Of(Connection, "public", "VersionInfo", ["SELECT 1"]),
            Is.Empty
        );
    }

    private string Digest() => PostgresSchemaDigest.Of(Connection, "public", "VersionInfo", [Sql]);

    private void Prepare() =>
        Execute(
            "CREATE TABLE \"Named\" (a integer); CREATE TABLE unnamed (id integer PRIMARY KEY); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'"
        );
}
