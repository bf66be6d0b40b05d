using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Running.Transactions;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Files;

/// <summary>What keeps a run or a read waiting, and ends it.</summary>
public sealed class SqliteWaitTests : SqliteFileFixture
{
    [Test]
    public void A_lock_that_somebody_holds_ends_the_wait_in_time_and_is_said_once()
    {
        var path = Folder["x.db"];
        Execute(path, "CREATE TABLE t (id INTEGER)");
        using var holder = Begin(path, Waits(TimeSpan.Zero), default);
        var waits = 0;
        var settings = new TransactionSettings(
            TimeSpan.FromMilliseconds(300),
            StatementTimeout: null,
            (_, _) => waits++
        );

        var clock = Stopwatch.StartNew();
        Assert.That(() => Begin(path, settings, default), Throws.TypeOf<LockTimeoutException>());

        Assert.That(clock.ElapsedMilliseconds, Is.InRange(290, EndsAtOnce));
        Assert.That(waits, Is.EqualTo(1));
    }

    [Test]
    public void Waiting_for_a_lock_can_be_cancelled()
    {
        var path = Folder["x.db"];
        Execute(path, "CREATE TABLE t (id INTEGER)");
        using var holder = Begin(path, Waits(TimeSpan.Zero), default);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        Assert.That(
            () => Begin(path, Waits(TimeSpan.FromMinutes(1)), cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public void A_long_statement_is_interrupted_and_rolled_back()
    {
        var path = Folder["x.db"];
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var result = new MigrationRunner(
            new SqliteDatabase(path),
            Endless(),
            () => HistoryOf.Origin
        ).Run(
            new UpRequest(),
            new RunSettings(TimeSpan.Zero),
            new NoObserver(),
            cancellation.Token
        );

        Assert.That(result.Failure, Is.InstanceOf<OperationCanceledException>());
        Assert.That(result.Duration.TotalMilliseconds, Is.LessThan(EndsAtOnce));
        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public void A_statement_that_takes_longer_than_allowed_fails()
    {
        var settings = new RunSettings(TimeSpan.Zero, TimeSpan.FromMilliseconds(200));

        var result = Up(new SqliteDatabase(Folder["x.db"]), Endless(), settings);

        Assert.That(result.Failure, Is.TypeOf<MigrationFailedException>());
        Assert.That(result.Failure!.Message, Does.Contain("--timeout"));
        Assert.That(result.Duration.TotalMilliseconds, Is.LessThan(EndsAtOnce));
    }
}
