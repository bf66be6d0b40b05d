using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>What a server or a role does not allow is one sentence with a way out, and nothing is changed.</summary>
public sealed class RefusedRunTests
{
    private readonly ThrowawayDatabase _database = PostgresServer.Shared().CreateDatabase();

    [OneTimeTearDown]
    public void DropDatabase() => _database.Dispose();

    [Test]
    public void A_role_that_owns_nothing_is_told_what_it_needs()
    {
        var role = $"role_{Guid.NewGuid():N}";
        // As a new database of PostgreSQL 15 and newer is.
        _database.Execute($"REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE {role} LOGIN");
        try
        {
            var failure = Fail($"{_database.ConnectionString};Username={role}");

            Assert.That(failure.Message, Does.Contain("permission denied for schema public"));
            Assert.That(failure.NextStep, Does.Contain("GRANT CREATE ON SCHEMA public"));
        }
        finally
        {
            _database.Execute($"DROP ROLE {role}");
        }
    }

    [Test]
    public void A_database_that_takes_no_writes_is_named()
    {
        using var readOnly = PostgresServer.Shared().CreateDatabase();
        readOnly.Execute($"ALTER DATABASE {readOnly.Name} SET default_transaction_read_only = on");

        Assert.That(
            Fail(readOnly.ConnectionString).Message,
            Does.Contain("default_transaction_read_only is on")
        );
    }

    [Test]
    public void A_database_that_does_not_exist_is_absent()
    {
        var failure = Fail($"{_database.ConnectionString};Database=never_made");

        Assert.That(failure.Message, Does.Contain("database \"never_made\" does not exist"));
        Assert.That(failure.Code, Is.EqualTo(ErrorCode.Absent));
    }

    [Test]
    public void A_server_that_is_not_there_is_worth_waiting_for()
    {
        var failure = Fail("Host=127.0.0.1;Port=1;Username=ada;Database=x");

        Assert.That(failure.Message, Does.StartWith("127.0.0.1:1/x cannot be reached: "));
        Assert.That(failure.MayPass, Is.True);
    }

    private static DatabaseUnavailableException Fail(string connection)
    {
        IDatabase database = new PostgresDatabase(
            new PostgresConnectionText(static _ => null).ParseAdo(connection)
        );
        var result = new MigrationRunner(
            database,
            MigrationsOf.Catalog(MigrationsOf.Table(1, "one")),
            () => HistoryOf.Origin
        ).Run(
            new UpRequest(),
            new RunSettings(TimeSpan.FromSeconds(5)),
            new Silent(),
            CancellationToken.None
        );
        Assert.That(result.Failure, Is.TypeOf<DatabaseUnavailableException>());
        return (DatabaseUnavailableException)result.Failure!;
    }

    private sealed class Silent : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) => TestContext.Out.WriteLine(until);

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine(migration);
    }
}
