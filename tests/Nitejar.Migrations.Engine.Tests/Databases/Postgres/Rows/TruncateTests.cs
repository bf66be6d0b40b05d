using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Rows;

/// <summary>What TRUNCATE of a Down removes, without any trigger that would see it, comes back with the next Up.</summary>
public sealed class TruncateTests : ConformanceTests<PostgresTestDatabase>
{
    [Test]
    public void Rows_come_back_but_those_that_the_Down_made_itself()
    {
        Execute(
            "CREATE TABLE role (id integer PRIMARY KEY, name text); CREATE TABLE other (id integer PRIMARY KEY)"
        );
        var catalog = Sql(
            "SELECT 1",
            "INSERT INTO role (id, name) VALUES (9, 'made by the Down'); TRUNCATE role, other"
        );
        Succeed(catalog, new UpRequest());
        Execute(
            "INSERT INTO role (id, name) VALUES (1, 'admin'), (2, 'user'); INSERT INTO other (id) VALUES (5)"
        );

        Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(Query("SELECT * FROM role UNION ALL SELECT id, '' FROM other"), Is.Empty);
        Succeed(catalog, new UpRequest());

        Assert.That(
            Query("SELECT * FROM role ORDER BY id"),
            Is.EqualTo(new[] { "1|admin", "2|user" })
        );
        Assert.That(Query("SELECT * FROM other"), Is.EqualTo(new[] { "5" }));
    }

    [Test]
    public void What_CASCADE_empties_is_told_and_comes_back()
    {
        Execute(
            "CREATE TABLE role (id integer PRIMARY KEY); CREATE TABLE account (id integer PRIMARY KEY, role integer REFERENCES role (id))"
        );
        var catalog = Sql("SELECT 1", "TRUNCATE role CASCADE");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO role (id) VALUES (1); INSERT INTO account (id, role) VALUES (5, 1)");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Assert.That(refused.Message, Does.Contain("account (1 row, kept in the archive)"));
        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM account"), Is.EqualTo(new[] { "5|1" }));
    }
}
