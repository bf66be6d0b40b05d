using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Cli.Configuration;
using Nitejar.Migrations.Cli.Tests.Support;

namespace Nitejar.Migrations.Cli.Tests.Configuration;

public sealed class ConnectionParserTests
{
    private const string Folder = "/srv/app";

    private static readonly ConnectionParser Parser = new("--connection", Folder);

    [TestCase("nitejar.db", "/srv/app/nitejar.db")]
    [TestCase("  nitejar.db \n", "/srv/app/nitejar.db")]
    [TestCase("data/my books.db", "/srv/app/data/my books.db")]
    [TestCase("../other/n.db", "/srv/other/n.db")]
    [TestCase("/var/lib/n.db", "/var/lib/n.db")]
    [TestCase("./a=b.db", "/srv/app/a=b.db")]
    [TestCase("/var/a=b.db", "/var/a=b.db")]
    [TestCase("./sqlite:n.db", "/srv/app/sqlite:n.db")]
    [TestCase("./x:n.db", "/srv/app/x:n.db")]
    [TestCase("./50%25.db", "/srv/app/50%25.db")]
    [TestCase("bücher.db", "/srv/app/bücher.db")]
    public void A_plain_path_is_taken_as_it_is(string connection, string path)
    {
        Assert.That(
            Parser.Parse(connection),
            Is.EqualTo(new ConnectionTarget(path, SqliteOpenMode.ReadWriteCreate))
        );
    }

    [TestCase("sqlite:n.db", "/srv/app/n.db")]
    [TestCase("sqlite3:n.db", "/srv/app/n.db")]
    [TestCase("SQLite:n.db", "/srv/app/n.db")]
    [TestCase("sqlite:/var/n.db", "/var/n.db")]
    [TestCase("sqlite:///var/n.db", "/var/n.db")]
    [TestCase("sqlite://n.db", "/srv/app/n.db")]
    [TestCase("sqlite://data/n.db", "/srv/app/data/n.db")]
    [TestCase("file:n.db", "/srv/app/n.db")]
    [TestCase("file:./n.db", "/srv/app/n.db")]
    [TestCase("file:/var/n.db", "/var/n.db")]
    [TestCase("file:///var/n.db", "/var/n.db")]
    [TestCase("file://localhost/var/n.db", "/var/n.db")]
    [TestCase("file:/var/my%20books.db", "/var/my books.db")]
    [TestCase("file:/var/what%3Fmode=ro.db", "/var/what?mode=ro.db")]
    [TestCase("sqlite:b%C3%BCcher.db", "/srv/app/bücher.db")]
    public void A_url_names_a_path(string connection, string path)
    {
        Assert.That(
            Parser.Parse(connection),
            Is.EqualTo(new ConnectionTarget(path, SqliteOpenMode.ReadWriteCreate))
        );
    }

    [TestCase("sqlite:n.db?mode=ro", SqliteOpenMode.ReadOnly)]
    [TestCase("file:///srv/app/n.db?mode=rw", SqliteOpenMode.ReadWrite)]
    [TestCase("sqlite://n.db?mode=rwc", SqliteOpenMode.ReadWriteCreate)]
    [TestCase("Data Source=n.db;Mode=ReadOnly", SqliteOpenMode.ReadOnly)]
    [TestCase("Data Source=n.db;Mode=ReadWrite", SqliteOpenMode.ReadWrite)]
    [TestCase("Mode=ReadWriteCreate;Data Source=n.db", SqliteOpenMode.ReadWriteCreate)]
    public void The_mode_is_kept(string connection, SqliteOpenMode mode)
    {
        Assert.That(
            Parser.Parse(connection),
            Is.EqualTo(new ConnectionTarget("/srv/app/n.db", mode))
        );
    }

    [TestCase("Data Source=n.db", "/srv/app/n.db")]
    [TestCase("DataSource=n.db", "/srv/app/n.db")]
    [TestCase("Filename=n.db", "/srv/app/n.db")]
    [TestCase("data source = n.db ;", "/srv/app/n.db")]
    [TestCase("Data Source=/var/n.db;Cache=Shared;Foreign Keys=True;Pooling=False", "/var/n.db")]
    [TestCase("Pooling=False;Default Timeout=5;Data Source=n.db", "/srv/app/n.db")]
    [TestCase("Data Source=\"a;b.db\"", "/srv/app/a;b.db")]
    [TestCase("Data Source='a=b.db'", "/srv/app/a=b.db")]
    public void An_ado_string_names_its_data_source(string connection, string path)
    {
        Assert.That(
            Parser.Parse(connection),
            Is.EqualTo(new ConnectionTarget(path, SqliteOpenMode.ReadWriteCreate))
        );
    }

    [Test]
    public void A_path_below_the_working_directory_is_shown_relative_to_it()
    {
        using var folder = new WorkingFolder();
        var parser = new ConnectionParser("--connection", folder.Path);

        Assert.Multiple(() =>
        {
            Assert.That(parser.Parse("data/n.db").Path, Is.EqualTo("data/n.db"));
            Assert.That(parser.Parse(folder["n.db"]).Path, Is.EqualTo("n.db"));
            Assert.That(parser.Parse("/elsewhere/n.db").Path, Is.EqualTo("/elsewhere/n.db"));
        });
    }
}
