using LinqToDB.Async;
using Microsoft.Data.Sqlite;
using Nitejar.Database.Connections;
using Nitejar.Database.Tests.Databases;
using Npgsql;

namespace Nitejar.Database.Tests.Connections;

/// <summary>A connection is a path, a URL or a connection string, as `nitejar-migrate` takes it.</summary>
public sealed class ConnectionTextTests
{
    [TestCase("nitejar.db", "nitejar.db", SqliteOpenMode.ReadWriteCreate)]
    [TestCase("./a b/nitejar.db", "a b/nitejar.db", SqliteOpenMode.ReadWriteCreate)]
    [TestCase("/var/lib/n.db", "/var/lib/n.db", SqliteOpenMode.ReadWriteCreate)]
    [TestCase("sqlite:nitejar.db", "nitejar.db", SqliteOpenMode.ReadWriteCreate)]
    [TestCase("sqlite://nitejar.db", "nitejar.db", SqliteOpenMode.ReadWriteCreate)]
    [TestCase("sqlite3:///var/n.db", "/var/n.db", SqliteOpenMode.ReadWriteCreate)]
    [TestCase("file:///var/a%20b.db?mode=rw", "/var/a b.db", SqliteOpenMode.ReadWrite)]
    [TestCase("file://localhost/var/n.db?mode=ro", "/var/n.db", SqliteOpenMode.ReadOnly)]
    public void A_file(string connection, string path, SqliteOpenMode mode)
    {
        var (isPostgres, text) = ConnectionText.Parse(connection);

        var builder = new SqliteConnectionStringBuilder(text);
        Assert.That(
            (isPostgres, builder.DataSource, builder.Mode),
            Is.EqualTo((false, Path.GetFullPath(path), mode))
        );
    }

    [TestCase("postgres://ada:s%40crt@db.example:5433/nite%20jar?sslmode=require")]
    [TestCase("postgresql://ada:s%40crt@db.example:5433/nite%20jar?sslmode=require")]
    [TestCase(
        "Host=db.example;Port=5433;Database=nite jar;Username=ada;Password=s@crt;SSL Mode=Require"
    )]
    [TestCase(
        "Server=db.example;Port=5433;Database=nite jar;User Id=ada;Password=s@crt;SSL Mode=Require"
    )]
    public void A_server(string connection)
    {
        var (isPostgres, text) = ConnectionText.Parse(connection);

        var builder = new NpgsqlConnectionStringBuilder(text);
        Assert.That(isPostgres);
        Assert.That(
            (builder.Host, builder.Port, builder.Database, builder.Username, builder.Password),
            Is.EqualTo(("db.example", 5433, "nite jar", "ada", "s@crt"))
        );
        Assert.That(builder.SslMode, Is.EqualTo(SslMode.Require));
    }

    [TestCase("")]
    [TestCase("mysql://ada:s3cret@host/x")]
    [TestCase("file://s3cret/x.db")]
    [TestCase("sqlite://ada:s3cret@host/x.db")]
    [TestCase("sqlite:x.db?key=s3cret")]
    [TestCase("Data Source=x.db;Colour=s3cret")]
    [TestCase("Host=x;Colour=s3cret")]
    [TestCase("postgres://x/y?colour=s3cret")]
    [TestCase("x\n.s3cret")]
    public void What_is_none_of_them_is_an_error_that_does_not_repeat_it(string connection) =>
        Assert.That(
            () => ConnectionText.Parse(connection),
            Throws.ArgumentException.With.Message.Not.Contains("s3cret")
        );

    [Test]
    public async Task A_path_and_a_URL_open_the_same_file()
    {
        using var file = new SqliteTestDatabase();
        foreach (var connection in (string[])[file.Path, $"file://{file.Path}?mode=ro"])
        {
            using var database = NitejarDatabase.Connect(connection);
            Assert.That(await database.Agents.CountAsync(), Is.Zero);
        }
    }

    [Test]
    public void A_database_that_is_not_there_is_an_error_when_it_is_connected() =>
        Assert.That(
            () => NitejarDatabase.Connect("file:///nowhere/at-all.db?mode=ro"),
            Throws.InstanceOf<SqliteException>()
        );
}
