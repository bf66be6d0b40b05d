using System.Data;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Running;

/// <summary>Migrations with TransactionBehavior.None: each statement lasts, and an interruption is seen and settled.</summary>
public sealed class WithoutTransactionTests : WithoutTransactionFixture
{
    [Test]
    public void Its_code_gets_no_transaction_and_may_begin_its_own()
    {
        object? given = "none yet";
        var catalog = Between(m =>
        {
            m.Execute.Sql("CREATE TABLE two (id INTEGER PRIMARY KEY)");
            m.Execute.WithConnection(
                (connection, transaction) =>
                {
                    given = transaction;
                    using var own = connection.BeginTransaction();
                    Run(connection, own, "INSERT INTO two VALUES (5)");
                    own.Commit();
                    Run(connection, null, "VACUUM");
                }
            );
        });

        var result = Succeed(catalog, new UpRequest());

        Assert.That(given, Is.Null, "as with FluentMigrator");
        Assert.That(result.Steps.Select(s => s.State), Is.All.EqualTo(StepState.Applied));
        Assert.That(Query("SELECT id FROM two"), Is.EqualTo(new[] { "5" }));
    }

    [Test]
    public void A_transaction_that_its_code_does_not_end_is_rolled_back()
    {
        var catalog = Between(m =>
            m.Execute.WithConnection(
                (connection, _) =>
                {
                    Run(connection, null, "BEGIN");
                    Run(connection, null, "CREATE TABLE half (id INTEGER)");
                }
            )
        );

        var failure = Run(catalog, new UpRequest()).Failure;

        Assert.That(failure!.Message, Does.Contain("began a transaction and did not end it"));
        Assert.That(
            Query("SELECT count(*) FROM sqlite_master WHERE name = 'half'"),
            Is.EqualTo(new[] { "0" })
        );
    }

    [Test]
    public void Its_neighbours_are_committed_around_it()
    {
        var catalog = Between(Good, GoodDown);

        var result = Succeed(catalog, new UpRequest());

        Assert.That(result.Steps.Select(s => s.State), Is.All.EqualTo(StepState.Applied));
        Assert.That(result.Steps.Select(s => s.Statements), Is.EqualTo(new[] { 1, 5, 1 }));
        Assert.That(Applied(), Is.EqualTo(new long[] { 1, 2, 3 }));
        Assert.That(Query("PRAGMA user_version"), Is.EqualTo(new[] { "7" }));
        Assert.That(
            Query(
                "SELECT Outcome || coalesce(Statement, '') FROM VersionJournal WHERE Version = 2"
            ),
            Is.EqualTo(
                new[]
                {
                    "started1",
                    "executed1",
                    "started2",
                    "executed2",
                    "started3",
                    "executed3",
                    "started4",
                    "executed4",
                    "started5",
                    "executed5",
                    "applied5",
                }
            )
        );

        Succeed(catalog, new DownRequest(All: true), Allowed);
        Assert.That(Applied(), Is.Empty);
        Assert.That(Query("SELECT name FROM sqlite_master WHERE name = 'two'"), Is.Empty);
    }

    [Test]
    public void What_came_before_a_failure_stays_and_says_so([Range(1, 5)] int failing)
    {
        var result = Run(Between(BrokenAt(failing), GoodDown), new UpRequest());

        Assert.That(result.Failure, Is.InstanceOf<MigrationFailedException>());
        Assert.That(result.Failure!.Message, Does.Contain($"at statement {failing}"));
        Assert.That(
            result.Steps.Select(s => s.State),
            Is.EqualTo(new[] { StepState.Applied, StepState.Failed, StepState.NotRun })
        );
        Assert.That(
            result.PartialState,
            Does.StartWith("1 step of this run had been committed before.")
                .And.Contains($"interrupted after {failing - 1} of 5 statements")
        );
        Assert.That(Interrupted()!.Executed, Is.EqualTo(failing - 1));
        Assert.That(Applied(), Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public void Nothing_stays_of_a_database_that_it_would_have_begun()
    {
        var result = Run(
            MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", BrokenAt(3)).WithoutTransaction()),
            new UpRequest()
        );

        Assert.That(result.Failure, Is.InstanceOf<MigrationFailedException>());
        Assert.That(result.PartialState, Is.Null);
        Assert.That(Dump(), Does.StartWith("no file"));
    }

    [Test]
    public void Down_wants_to_be_allowed_since_it_cannot_be_tried_first()
    {
        var catalog = Between(Good, GoodDown);
        Succeed(catalog, new UpRequest(To: 2));

        var refused = Fail<RefusedException>(catalog, new DownRequest());

        Assert.That(refused.NextStep, Does.Contain("--yes"));
    }

    [Test]
    public void Rows_of_what_its_Down_drops_are_archived_and_restored()
    {
        var catalog = Between(Good, GoodDown);
        Succeed(catalog, new UpRequest(To: 2));
        Execute("INSERT INTO two VALUES (42)");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest(To: 2));

        Assert.That(Query("SELECT id FROM two"), Is.EqualTo(new[] { "1", "42" }));
    }

    [Test]
    public void A_statement_that_refuses_a_transaction_waits_for_a_reader()
    {
        Execute("PRAGMA journal_mode=WAL");
        using var observer = new ReadingObserver(Database.Name);

        var result = new MigrationRunner(
            Database,
            Between("CREATE TABLE two (id); PRAGMA journal_mode=DELETE;", "DROP TABLE two"),
            () => HistoryOf.Origin
        ).Run(
            new UpRequest(To: 2),
            new RunSettings(TimeSpan.FromSeconds(30)) { Gate = observer },
            observer,
            default
        );

        Assert.That(result.Failure, Is.Null);
        Assert.That(observer.Waits, Is.EqualTo(1), "it met the reader");
    }

    [Test]
    public void A_broken_reference_is_refused_statement_by_statement()
    {
        Execute("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p)");
        Execute("INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)");

        var result = Run(
            Between("CREATE TABLE x (a); DELETE FROM p;", "SELECT 1"),
            new UpRequest()
        );

        Assert.That(result.Failure, Is.InstanceOf<MigrationFailedException>());
        Assert.That(Query("SELECT count(*) FROM p"), Is.EqualTo(new[] { "1" }));
        Assert.That(Interrupted()!.Executed, Is.EqualTo(1));
    }

    [Test]
    public void A_redo_runs_in_one_piece_or_not_at_all()
    {
        var catalog = Between(Good, GoodDown);
        Succeed(catalog, new UpRequest());

        Fail<RefusedException>(catalog, new RedoRequest(2), Allowed);
    }

    [Test]
    public void Steps_are_counted_across_the_parts_of_a_run()
    {
        var catalog = Between(Good, GoodDown);

        Succeed(catalog, new UpRequest(Steps: 2));
        Assert.That(Applied(), Is.EqualTo(new long[] { 1, 2 }));
        Succeed(catalog, new UpRequest());
        Succeed(catalog, new DownRequest(Steps: 2), Allowed);
        Assert.That(Applied(), Is.EqualTo(new long[] { 1 }));
    }
}
