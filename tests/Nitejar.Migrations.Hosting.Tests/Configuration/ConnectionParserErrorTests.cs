using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

/// <summary>Every text that is refused holds a canary, since it could be a secret that was put into the wrong place.</summary>
public sealed class ConnectionParserErrorTests
{
    private const string Canary = "c4n4ry";

    [TestCase("")]
    [TestCase("   ")]
    [TestCase(" \t\r\n ")]
    public void Nothing_is_no_connection(string connection)
    {
        Assert.That(ErrorOf(connection), Does.Contain("is empty"));
    }

    [TestCase("c4n4ry\0.db")]
    [TestCase("c4n4ry\u0001.db")]
    [TestCase("c4n4ry\u001b[31m.db")]
    [TestCase("c4n4ry\nx.db")]
    [TestCase("sqlite:c4n4ry%00.db")]
    [TestCase("Data Source=c4n4ry\0.db")]
    public void Control_characters_are_refused(string connection)
    {
        Assert.That(ErrorOf(connection), Does.Contain("control characters"));
    }

    [TestCase("http://c4n4ry/x")]
    [TestCase("mysql://user:c4n4ry@host/x")]
    [TestCase("mssql:c4n4ry")]
    public void An_unknown_scheme_is_refused(string connection)
    {
        Assert.That(
            ErrorOf(connection),
            Does.Contain("none of sqlite:, file:, sqlite3:, postgres:, postgresql:")
        );
    }

    [TestCase("c4n4ry=1")]
    [TestCase("Data Source=n.db;c4n4ry=1")]
    [TestCase("Data Source=n.db;Colour=c4n4ry")]
    [TestCase("Data Source=n.db;Mode=c4n4ry")]
    [TestCase("Data Source=n.db;Cache=c4n4ry")]
    [TestCase("Data Source=n.db;c4n4ry")]
    [TestCase("Data Source=\"c4n4ry")]
    [TestCase("=c4n4ry")]
    public void An_ado_string_that_the_driver_does_not_know_is_refused(string connection)
    {
        Assert.That(ErrorOf(connection), Does.Contain("is not an ADO.NET string"));
    }

    [TestCase("Cache=Shared", "names no Data Source")]
    [TestCase("Data Source=;Mode=ReadOnly", "names no Data Source")]
    [TestCase("sqlite:", "names no file")]
    [TestCase("file:?mode=ro", "names no file")]
    [TestCase("sqlite://", "names no file")]
    [TestCase("Data Source=n.db;Password=c4n4ry", "has a password")]
    [TestCase("pwd=c4n4ry;Data Source=n.db", "is not an ADO.NET string")]
    [TestCase("file://c4n4ry/n.db", "with a host")]
    [TestCase("file:n.db?cache=c4n4ry", "URL parameter")]
    [TestCase("file:n.db?mode=ro&key=c4n4ry", "URL parameter")]
    [TestCase("file:n.db?", "URL parameter")]
    [TestCase("sqlite:n.db?mode=c4n4ry", "URL parameter")]
    public void What_no_file_can_be_is_refused(string connection, string problem)
    {
        Assert.That(ErrorOf(connection), Does.Contain(problem));
    }

    [TestCase("./x.db?authToken=c4n4ry")]
    [TestCase("/var/x.db;pwd=c4n4ry")]
    [TestCase("sqlite:x.db;key=c4n4ry")]
    [TestCase("sqlite:x.db%3Bkey%3Dc4n4ry")]
    [TestCase("sqlite:///u:c4n4ry@h/db")]
    [TestCase("sqlite://x/u:c4n4ry@h")]
    [TestCase("//u:c4n4ry@h/db")]
    [TestCase("./u:c4n4ry@h/db")]
    [TestCase("Data Source=u:c4n4ry@h")]
    [TestCase("Data Source='x.db?token=c4n4ry'")]
    [TestCase("./gh" + "p_c4n4ryR4nd0mLettersAndD1g1ts0fNob")]
    [TestCase("ey" + "JhbGciOiJIUzI1NiJ9c4n4ry.eyJzdWIiOiIxIn0.x")]
    public void A_secret_in_the_name_of_a_file_is_refused(string connection)
    {
        Assert.That(ErrorOf(connection), Does.Contain("holds a password, key or token"));
    }

    [TestCase(":memory:")]
    [TestCase(":Memory:")]
    [TestCase("sqlite::memory:")]
    [TestCase("sqlite:///:memory:")]
    [TestCase("sqlite:%3Amemory%3A")]
    [TestCase("file::memory:")]
    [TestCase("file::memory:?mode=rwc")]
    [TestCase("file:c4n4ry?mode=memory")]
    [TestCase("Data Source=:memory:")]
    [TestCase("Data Source=c4n4ry;Mode=Memory")]
    [TestCase("Data Source=file::memory:?cache=shared")]
    public void A_database_in_memory_is_refused_in_each_form(string connection)
    {
        Assert.That(ErrorOf(connection), Does.Contain("in memory"));
    }

    [TestCase("postgres:c4n4ry", "without //")]
    [TestCase("postgres:///c4n4ry", "names no host")]
    [TestCase("postgres://user:c4n4ry/x@host/db", "host that is not one")]
    [TestCase("postgres://user:c4n4ry?x@host/db", "host that is not one")]
    [TestCase("postgres://user:c4n4ry#x@host/db", "host that is not one")]
    [TestCase("postgres://c4 n4ry/db", "host that is not one")]
    [TestCase("postgres://host:port/c4n4ry", "host that is not one")]
    [TestCase("postgres://host/db?c4n4ry=1", "URL parameter")]
    [TestCase("postgres://host/db?sslmode=c4n4ry", "URL parameter")]
    [TestCase("postgres://u:p@localhost:1/c4n4ry%00", "is not a URL of a database")]
    [TestCase("postgres://host/c4n4ry%1b", "control characters")]
    [TestCase("postgres://host/db?schema=c4n4ry%0a", "control characters")]
    [TestCase("Host=h;C4n4ry=1", "ADO.NET string")]
    [TestCase("Host=h;Port=c4n4ry", "ADO.NET string")]
    [TestCase("Database=c4n4ry", "names no host")]
    public void What_is_wrong_with_a_connection_to_PostgreSQL_is_said(
        string connection,
        string problem
    ) => Assert.That(ErrorOf(connection), Does.Contain(problem));

    [Test]
    public void The_error_names_the_source_and_the_forms_that_there_are()
    {
        var refused = Refusals.Of(() =>
            new ConnectionParser("DATABASE_URL", "/", TestProgram.Alone).Parse("sqlite:")
        );

        Assert.Multiple(() =>
        {
            Assert.That(refused.Message, Is.EqualTo("DATABASE_URL names no file."));
            Assert.That(
                refused.NextStep,
                Is.EqualTo(
                    "Give a path (./nitejar.db), a URL (sqlite:nitejar.db, postgres://user@host/name) or an ADO.NET string (Data Source=nitejar.db, Host=...)."
                )
            );
        });
    }

    private static string ErrorOf(string connection)
    {
        var refused = Refusals.Of(() => Parse(connection));
        Assert.Multiple(() =>
        {
            Assert.That(refused.Message, Does.StartWith("--connection ").And.EndsWith("."));
            Assert.That(refused.Message + refused.NextStep, Does.Not.Contain(Canary));
            Assert.That(refused.Detail, Is.Null);
        });
        return refused.Message;
    }

    private static IDatabase Parse(string connection) =>
        new ConnectionParser("--connection", "/srv/app", TestProgram.Alone).Parse(connection);
}
