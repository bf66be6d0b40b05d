using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Tests.Support;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

public sealed class ConnectionParserTests
{
    private const string Folder = "/srv/app";

    private static readonly ConnectionParser Parser = new(
        "--connection",
        Folder,
        TestProgram.Alone
    );

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
            FileOf(Parser.Parse(connection)),
            Is.EqualTo((path, SqliteOpenMode.ReadWriteCreate))
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
            FileOf(Parser.Parse(connection)),
            Is.EqualTo((path, SqliteOpenMode.ReadWriteCreate))
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
        Assert.That(FileOf(Parser.Parse(connection)), Is.EqualTo(("/srv/app/n.db", mode)));
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
            FileOf(Parser.Parse(connection)),
            Is.EqualTo((path, SqliteOpenMode.ReadWriteCreate))
        );
    }

    [Test]
    public void A_path_below_the_working_directory_is_shown_relative_to_it()
    {
        using var folder = new WorkingFolder();
        var parser = new ConnectionParser("--connection", folder.Path, TestProgram.Alone);

        Assert.Multiple(() =>
        {
            Assert.That(parser.Parse("data/n.db").Name, Is.EqualTo("data/n.db"));
            Assert.That(parser.Parse(folder["n.db"]).Name, Is.EqualTo("n.db"));
            Assert.That(parser.Parse("/elsewhere/n.db").Name, Is.EqualTo("/elsewhere/n.db"));
        });
    }

    [TestCase(
        "postgres://ada:pass%2Fword@db.example:5433/app?sslmode=verify-full",
        "db.example:5433/app"
    )]
    [TestCase("postgresql://db.example/app", "db.example/app")]
    [TestCase("POSTGRES://db.example/app", "db.example/app")]
    [TestCase(
        "postgres://one:5433,two:5434/app?target_session_attrs=read-write",
        "one:5433,two:5434/app"
    )]
    [TestCase("postgres://ada@%2Frun%2Fpostgresql/app", "/run/postgresql/app")]
    [TestCase(
        "Host=db.example;Port=5433;Username=ada;Password=x;Database=app",
        "db.example:5433/app"
    )]
    [TestCase("server=db.example;user id=ada;database=app", "db.example/app")]
    public void A_server_is_called_by_host_and_database(string connection, string name)
    {
        var target = new ConnectionParser("--connection", "/srv/app", TestProgram.Alone).Parse(
            connection
        );

        Assert.Multiple(() =>
        {
            Assert.That(target, Is.TypeOf<PostgresDatabase>());
            Assert.That(target.Name, Is.EqualTo(name));
            Assert.That(target.File, Is.Null);
        });
    }

    [Test]
    public void The_variables_of_psql_fill_in_what_a_connection_leaves_out()
    {
        var variables = new Dictionary<string, string>
        {
            ["PGHOST"] = "db.example",
            ["PGPORT"] = "5433",
            ["PGDATABASE"] = "app",
        };

        var target = new ConnectionParser(
            "--connection",
            "/",
            TestProgram.With(variables.GetValueOrDefault)
        );

        Assert.Multiple(() =>
        {
            Assert.That(target.Parse("postgres://").Name, Is.EqualTo("db.example:5433/app"));
            Assert.That(target.Parse("Username=ada").Name, Is.EqualTo("db.example:5433/app"));
            Assert.That(target.Parse("postgres://other/mine").Name, Is.EqualTo("other:5433/mine"));
        });
    }

    [TestCase("postgres://db.example/app", true)]
    [TestCase("postgres://db.example/app?sslmode=require", true)]
    [TestCase("postgres://db.example/app?sslmode=verify-full", false)]
    [TestCase("postgres://localhost/app", false)]
    [TestCase("postgres://127.0.0.1:5433/app", false)]
    [TestCase("postgres://%2Frun%2Fpostgresql/app", false)]
    public void A_server_elsewhere_whose_certificate_is_not_checked_is_a_warning(
        string connection,
        bool isWarning
    ) =>
        Assert.That(
            new ConnectionParser("--connection", "/", TestProgram.Alone).Parse(connection).Warning,
            isWarning ? Does.Contain("verify-full") : Is.Null
        );

    private static (string, SqliteOpenMode) FileOf(IDatabase database) =>
        (database.Name, ((SqliteDatabase)database).Mode);
}
