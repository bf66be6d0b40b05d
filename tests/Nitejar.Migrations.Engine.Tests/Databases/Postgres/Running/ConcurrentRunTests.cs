using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>Two runs in one database: those of one schema one after the other, those of two beside each other.</summary>
public sealed class ConcurrentRunTests : ConformanceTests<PostgresTestDatabase>
{
    private static MigrationCatalog Index =>
        MigrationsOf.Catalog(
            MigrationsOf
                .Sql(1, "One", "CREATE INDEX CONCURRENTLY by_name ON agent (name)")
                .WithoutTransaction()
        );

    [Test]
    public void A_run_that_waits_is_not_in_the_way_of_an_index()
    {
        Execute("CREATE TABLE agent (name text)");
        using var writer = TestDatabase.Open();
        Execute(writer, "BEGIN; INSERT INTO agent VALUES ('writer')");

        var first = Task.Run(() => Run(Index, new UpRequest()));
        WaitUntilBlocked(first, "CREATE INDEX");
        var waiting = new Waiting();
        var second = Task.Run(() => Run(Database, Index, waiting));
        waiting.Wait(second);
        Execute(writer, "COMMIT");

        Assert.That(first.GetAwaiter().GetResult().Failure, Is.Null);
        Assert.That(second.GetAwaiter().GetResult().Failure, Is.Null);
        Assert.That(Applied(), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void The_server_tells_how_far_the_index_of_a_run_is()
    {
        Execute("CREATE TABLE agent (name text)");
        using var writer = TestDatabase.Open();
        Execute(writer, "BEGIN; INSERT INTO agent VALUES ('writer')");
        Assert.That(Database.ReadProgress(), Is.Null);

        var run = Task.Run(() => Run(Index, new UpRequest()));
        WaitUntilBlocked(run, "CREATE INDEX");
        var progress = Database.ReadProgress();
        Execute(writer, "COMMIT");

        Assert.That(run.GetAwaiter().GetResult().Failure, Is.Null);
        Assert.That(
            progress,
            Is.EqualTo("index by_name of agent: waiting for writers before build (0 of 1)")
        );
        Assert.That(Database.ReadProgress(), Is.Null);
    }

    [Test]
    public void Two_schemas_are_migrated_at_the_same_time()
    {
        Execute("CREATE SCHEMA other; CREATE TABLE gate (a integer)");
        using var holder = TestDatabase.Open();
        Execute(holder, "BEGIN; LOCK TABLE gate IN SHARE MODE");
        var settings = new RunSettings(TimeSpan.FromSeconds(30))
        {
            DdlLockTimeout = TimeSpan.FromSeconds(30),
        };
        var first = Task.Run(() =>
            Run(
                MigrationsOf.Catalog(
                    MigrationsOf.Sql(1, "One", "INSERT INTO public.gate VALUES (1)")
                ),
                new UpRequest(),
                settings
            )
        );
        WaitUntilBlocked(first, "INSERT INTO public.gate");

        var target = new PostgresConnectionText(static _ => null).ParseAdo(
            $"{holder.ConnectionString};Search Path=other"
        );
        var second = Run(
            new PostgresDatabase(target),
            MigrationsOf.Catalog(MigrationsOf.Table(1, "one")),
            new Waiting()
        );

        Assert.That(second.Failure, Is.Null);
        Assert.That(first.IsCompleted, Is.False);
        Execute(holder, "COMMIT");
        Assert.That(first.GetAwaiter().GetResult().Failure, Is.Null);
    }

    private static RunResult Run(
        Engine.Databases.IDatabase database,
        MigrationCatalog catalog,
        IRunObserver observer
    ) =>
        new MigrationRunner(database, catalog, () => HistoryOf.Origin).Run(
            new UpRequest(Resume: true),
            new RunSettings(TimeSpan.FromSeconds(30)),
            observer,
            CancellationToken.None
        );

    private void WaitUntilBlocked(Task<RunResult> run, string statement)
    {
        while (
            Query(
                $"SELECT 1 FROM pg_stat_activity WHERE query LIKE '{statement}%' AND wait_event_type = 'Lock' AND datname = current_database()"
            ).Length == 0
        )
        {
            Assert.That(run.IsCompleted, Is.False, () => $"{run.Result.Failure}");
            Thread.Yield();
        }
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private sealed class Waiting : IRunObserver
    {
        private readonly TaskCompletionSource _waits = new();

        public void Wait(Task run) => Task.WaitAny(_waits.Task, run);

        public void LockWait(DateTime until, string? holder) => _waits.TrySetResult();

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine(migration);
    }
}
