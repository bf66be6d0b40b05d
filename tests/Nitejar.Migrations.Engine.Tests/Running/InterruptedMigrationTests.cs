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

/// <summary>A migration without a transaction that was interrupted is seen, continued or reverted.</summary>
public sealed class InterruptedMigrationTests : WithoutTransactionFixture
{
    [Test]
    public void Nothing_goes_on_before_it_is_settled()
    {
        _ = Run(Between(BrokenAt(3), GoodDown), new UpRequest());
        var catalog = Between(Good, GoodDown);

        var up = Fail<RefusedException>(catalog, new UpRequest());
        Assert.That(up.Message, Does.Contain("2_Two").And.Contain("going up after 2 statements"));
        Assert.That(up.NextStep, Does.Contain("up --resume").And.Contain("down"));
        Fail<RefusedException>(catalog, new RedoRequest());

        using var reader = Database.OpenReader(TimeSpan.Zero);
        var report = StatusReport.Of(catalog, HistoryReader.Read(reader));
        Assert.That(report.Migrations[1].State, Is.EqualTo(MigrationState.Interrupted));
        Assert.That(report.Pending, Is.EqualTo(2));
    }

    [Test]
    public void Resume_goes_on_with_the_statement_that_was_interrupted([Range(1, 5)] int failing)
    {
        _ = Run(Between(BrokenAt(failing), GoodDown), new UpRequest());

        Succeed(Between(Good, GoodDown), new UpRequest(Resume: true));

        Assert.That(Applied(), Is.EqualTo(new long[] { 1, 2, 3 }));
        Assert.That(Query("SELECT id FROM two"), Is.EqualTo(new[] { "1" }));
        Assert.That(Interrupted(), Is.Null);
    }

    [Test]
    public void Resume_is_refused_when_the_executed_statements_were_others()
    {
        _ = Run(Between(BrokenAt(3), GoodDown), new UpRequest());

        var changed = Good.Replace("VALUES (1)", "VALUES (2)", StringComparison.Ordinal);
        var result = Run(Between(changed, GoodDown), new UpRequest(Resume: true));

        Assert.That(result.Failure, Is.InstanceOf<RefusedException>());
        Assert.That(result.Failure!.Message, Does.Contain("other statements now"));
    }

    [Test]
    public void Down_takes_back_what_there_is_without_the_class([Range(1, 5)] int failing)
    {
        _ = Run(Between(BrokenAt(failing), GoodDown), new UpRequest());

        var down = Run(MigrationsOf.Catalog(), new DownRequest(), Allowed);

        Assert.That(down.Failure, Is.Null);
        Assert.That(Interrupted(), Is.Null);
        Assert.That(Applied(), Is.EqualTo(new long[] { 1 }));
        Assert.That(Query("SELECT name FROM sqlite_master WHERE name IN ('two', 'tr')"), Is.Empty);
        Succeed(Between(Good, GoodDown), new UpRequest());
    }

    [Test]
    public void Down_passes_by_what_is_missing_outside_a_transaction_too()
    {
        const string down = "PRAGMA integrity_check(never_there); DROP TABLE two;";
        _ = Run(Between(BrokenAt(3), down), new UpRequest());

        var settled = Run(MigrationsOf.Catalog(), new DownRequest(), Allowed);

        Assert.That(settled.Failure, Is.Null);
        Assert.That(Query("SELECT name FROM sqlite_master WHERE name = 'two'"), Is.Empty);
    }

    [Test]
    public void An_interrupted_Down_is_neither_applied_nor_pending_until_Down_ends_it()
    {
        const string brokenDown = "DROP TRIGGER tr; SELECT no_such_column; DROP TABLE two;";
        Succeed(Between(Good, brokenDown), new UpRequest(To: 2));

        var failed = Run(Between(Good, brokenDown), new DownRequest(), Allowed);
        Assert.That(failed.Failure, Is.InstanceOf<MigrationFailedException>());
        Assert.That(Applied(), Is.EqualTo(new long[] { 1 }));

        Assert.That(
            Fail<RefusedException>(Between(Good, GoodDown), new UpRequest(Resume: true)).NextStep,
            Does.Contain("`down` continues it")
        );

        Execute("CREATE TABLE no_table (no_such_column)");
        var again = Run(Between(Good, brokenDown), new DownRequest(), Allowed);
        Assert.That(again.Failure, Is.InstanceOf<MigrationFailedException>());
        Assert.That(again.PartialState, Does.Contain("after 1 of 3 statements"));
    }

    [Test]
    public void A_Down_that_takes_back_half_an_Up_can_be_interrupted_itself(
        [Range(1, 5)] int failing
    )
    {
        const string down = "INSERT INTO gate VALUES (1);" + GoodDown;
        Execute("CREATE TABLE gate (id INTEGER PRIMARY KEY); INSERT INTO gate VALUES (1)");
        _ = Run(Between(BrokenAt(failing), down), new UpRequest());

        var failed = Run(MigrationsOf.Catalog(), new DownRequest(), Allowed);
        Assert.That(failed.Failure, Is.InstanceOf<MigrationFailedException>());
        Assert.That(Interrupted()!.Place, Is.EqualTo("going down after 0 statements"));

        Execute("DELETE FROM gate");
        Succeed(MigrationsOf.Catalog(), new DownRequest(), Allowed);
        Assert.That(Interrupted(), Is.Null);
        Assert.That(Query("SELECT name FROM sqlite_master WHERE name IN ('two', 'tr')"), Is.Empty);
    }

    [Test]
    public void Rows_of_both_halves_of_an_interrupted_Down_are_restored()
    {
        const string up = "CREATE TABLE two (id); CREATE TABLE also (id);";
        const string down = "DROP TABLE two; INSERT INTO gate VALUES (1); DROP TABLE also;";
        Execute("CREATE TABLE gate (id INTEGER PRIMARY KEY); INSERT INTO gate VALUES (1)");
        Succeed(Between(up, down), new UpRequest(To: 2));
        Execute("INSERT INTO two VALUES (2); INSERT INTO also VALUES (3)");
        var failed = Run(Between(up, down), new DownRequest(), Allowed);
        Assert.That(failed.PartialState, Does.Contain("after 1 of 3 statements"));

        Execute("DELETE FROM gate");
        Succeed(Between(up, down), new DownRequest(), Allowed);
        Succeed(Between(up, down), new UpRequest(To: 2));

        Assert.That(
            Query("SELECT id FROM two UNION SELECT id FROM also"),
            Is.EqualTo(new[] { "2", "3" })
        );
    }
}
