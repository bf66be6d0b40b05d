using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Process;
using Nitejar.Migrations.Hosting.Tests.Support;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Hosting.Tests;

public sealed class MigrateHostBuilderTests
{
    private readonly MigrateHostBuilder _host = new();

    [Test]
    public void A_program_without_a_driver_is_a_defect_of_its_author() =>
        Assert.That(
            () => _host.Named("shop-migrate", "Migrates.").Build(),
            Throws.InvalidOperationException.With.Message.Contains("SqliteDriver.Instance")
        );

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("9lives")]
    [TestCase("shop migrate")]
    [TestCase("shop/migrate")]
    [TestCase("$(reboot)")]
    public void A_name_that_no_command_has_is_refused(string name) =>
        Assert.That(() => _host.Named(name, "Migrates."), Throws.InstanceOf<ArgumentException>());

    [TestCase("SHOP-MIGRATE")]
    [TestCase("1SHOP")]
    [TestCase("")]
    public void A_prefix_that_no_variable_has_is_refused(string prefix) =>
        Assert.That(() => _host.Variables(prefix), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void The_variable_is_named_after_the_program_unless_another_was_given()
    {
        var named = _host.Named("shop-migrate", "Migrates.").Use(SqliteDriver.Instance);

        Assert.That(named.Build().ConnectionVariable, Is.EqualTo("SHOP_MIGRATE_CONNECTION"));
        Assert.That(
            named.Variables("STORE").Build().ConnectionVariable,
            Is.EqualTo("STORE_CONNECTION")
        );
    }

    [Test]
    public void The_default_database_and_the_variable_are_the_hosts()
    {
        var program = _host
            .Named("shop-migrate", "Migrates.")
            .DefaultDatabase("shop.db")
            .Use(SqliteDriver.Instance)
            .Build();

        Assert.Multiple(() =>
        {
            Assert.That(Resolve(program with { Variable = _ => null }), Is.EqualTo("shop.db"));
            Assert.That(
                Resolve(
                    program with
                    {
                        Variable = name => name == "SHOP_MIGRATE_CONNECTION" ? "./other.db" : null,
                    }
                ),
                Is.EqualTo("other.db")
            );
            Assert.That(
                Resolve(
                    program with
                    {
                        Variable = name =>
                            name == "NITEJAR_MIGRATE_CONNECTION" ? "./nitejar.db" : null,
                    }
                ),
                Is.EqualTo("shop.db")
            );
        });
    }

    [Test]
    public void A_kind_of_database_that_the_program_does_not_support_is_refused_by_name()
    {
        var sqlite = ErrorOf("postgres://db.example/app", SqliteDriver.Instance);
        var postgres = ErrorOf("./app.db", PostgresDriver.Instance);

        Assert.Multiple(() =>
        {
            Assert.That(sqlite.Message, Does.Contain("none of sqlite:, file:, sqlite3:."));
            Assert.That(sqlite.NextStep, Does.Not.Contain("postgres"));
            Assert.That(postgres.Message, Does.Contain("PostgreSQL is reached by"));
            Assert.That(postgres.NextStep, Does.StartWith("Give a URL (postgres://"));
        });
    }

    private static string Resolve(HostedProgram program) =>
        ConnectionSource
            .Resolve(
                new CommonOptions(null, null, null, null, null, null),
                environment: null,
                program,
                new Redactor()
            )
            .Name;

    private static InvalidRequestException ErrorOf(string connection, IDatabaseDriver driver) =>
        Refusals.Of(() =>
            new ConnectionParser(
                "--connection",
                "/",
                TestProgram.Alone with
                {
                    Drivers = [driver],
                }
            ).Parse(connection)
        );
}
