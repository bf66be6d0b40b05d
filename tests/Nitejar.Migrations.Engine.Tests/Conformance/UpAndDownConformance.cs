using System.Data;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Conformance;

/// <summary>Applying and reverting, and what is recorded of it.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class UpAndDownConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    [Test]
    public void Up_applies_and_records()
    {
        var result = Succeed(
            MigrationsOf.Catalog(MigrationsOf.Table(1, "one"), MigrationsOf.Table(2, "two")),
            new UpRequest()
        );

        Assert.That(result.Steps.Select(s => s.State), Is.All.EqualTo(StepState.Applied));
        Assert.That(result.Steps.Select(s => s.Statements), Is.All.EqualTo(1));
        Assert.That(Applied(), Is.EqualTo(new long[] { 1, 2 }));
        Assert.That(Query("SELECT count(*) FROM one"), Is.EqualTo(new[] { "0" }));

        var journal = ReadJournal();
        Assert.That(journal.Select(e => e.RunId), Is.All.EqualTo(result.RunId));
        Assert.That(journal.Select(e => e.Outcome), Is.All.EqualTo(JournalOutcome.Applied));
        Assert.That(journal.Select(e => e.Reversal), Is.All.EqualTo(Reversal.Sql));
        Assert.That(journal.Select(e => e.Origin), Is.All.EqualTo(HistoryOf.Origin));
        Assert.That(journal[0].Checksum, Has.Length.EqualTo(64));
    }

    [Test]
    public void Up_again_has_nothing_to_do()
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Table(1, "one"));
        Succeed(catalog, new UpRequest());
        var before = Dump();

        var result = Succeed(catalog, new UpRequest());

        Assert.That(result.Steps, Is.Empty);
        Assert.That(Dump(), Is.EqualTo(before));
    }

    [Test]
    public void Down_reverts_by_stored_SQL_without_the_classes()
    {
        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(1, "One", "CREATE TABLE one (id INTEGER);", "DROP TABLE one;"),
                MigrationsOf.Sql(
                    2,
                    "Two",
                    "CREATE TABLE two (id INTEGER); CREATE TABLE three (id INTEGER)",
                    "DROP TABLE three; -- first\nDROP TABLE two -- then"
                )
            ),
            new UpRequest()
        );

        var result = Succeed(MigrationsOf.Catalog(), new DownRequest(All: true));

        Assert.That(
            result.Steps.Select(s => (s.Id.ToString(), s.State, s.Statements)),
            Is.EqualTo(new[] { ("2_Two", StepState.Reverted, 2), ("1_One", StepState.Reverted, 1) })
        );
        Assert.That(Applied(), Is.Empty);
        Assert.That(ReadJournal(), Has.Count.EqualTo(4));
    }

    [Test]
    public void Down_goes_back_in_the_order_of_application()
    {
        var late = MigrationsOf.Table(2, "two");
        Succeed(
            MigrationsOf.Catalog(MigrationsOf.Table(1, "one"), MigrationsOf.Table(3, "three")),
            new UpRequest()
        );
        Succeed(MigrationsOf.Catalog(late), new UpRequest(AllowOutOfOrder: true));

        var result = Succeed(MigrationsOf.Catalog(), new DownRequest());

        Assert.That(result.Steps.Single().Id.Version, Is.EqualTo(2));
        Assert.That(Applied(), Is.EqualTo(new long[] { 1, 3 }));
    }

    [Test]
    public void Stored_SQL_wins_over_a_Down_that_was_changed_since()
    {
        Succeed(MigrationsOf.Catalog(MigrationsOf.Table(1, "one")), new UpRequest());
        var changed = MigrationsOf.Sql(1, "one", "CREATE TABLE one (id INTEGER)", "no SQL at all");

        Succeed(
            MigrationsOf.Catalog(changed),
            new DownRequest(),
            new RunSettings(TimeSpan.Zero, Consent: Consent.ToRequest)
        );

        Assert.That(Applied(), Is.Empty);
    }

    [Test]
    public void A_Down_that_runs_code_needs_the_class()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Code(
                1,
                "Coded",
                m => m.Execute.WithConnection(Code("CREATE TABLE coded (id INTEGER)")),
                m => m.Execute.WithConnection(Code("DROP TABLE coded"), "drops it")
            )
        );
        Succeed(catalog, new UpRequest());

        var entry = ReadJournal().Single();
        Assert.That((entry.Reversal, entry.Checksum), Is.EqualTo((Reversal.Code, default(string))));
        Fail<RefusedException>(MigrationsOf.Catalog(), new DownRequest());
        Succeed(catalog, new DownRequest());
        Assert.That(Applied(), Is.Empty);
    }

    [Test]
    public void A_Down_that_throws_is_journaled_with_its_message_and_stops_the_chain()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Code(
                1,
                "OneWay",
                m => m.Execute.Sql("CREATE TABLE one (id INTEGER)"),
                _ => throw new InvalidOperationException("there is no way back")
            ),
            MigrationsOf.Table(2, "two")
        );
        Succeed(catalog, new UpRequest());

        Assert.That(ReadJournal()[0].ReversalNote, Is.EqualTo("there is no way back"));
        var refused = Fail<RefusedException>(catalog, new DownRequest(All: true));
        Assert.That(refused.Message, Does.Contain("1_OneWay").And.Contain("there is no way back"));
        Assert.That(
            () => new DryRun(Database, catalog).Preview(new DownRequest(All: true), NoWait),
            Throws.TypeOf<RefusedException>()
        );
        Succeed(catalog, new DownRequest());
    }

    [Test]
    public void Redo_applies_the_same_again()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Table(2, "two")
        );
        Succeed(catalog, new UpRequest());

        Succeed(catalog, new RedoRequest(2));

        Assert.That(Applied(), Is.EqualTo(new long[] { 1, 2 }));
        Assert.That(ReadJournal(), Has.Count.EqualTo(6));
    }

    [Test]
    public void A_dry_run_shows_what_a_run_executes_and_changes_nothing()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Code(
                2,
                "Asking",
                m =>
                    m.Execute.Sql(
                        m.Schema.Table("one").Exists() ? "SELECT 'there'" : "SELECT 'not there'"
                    ),
                _ => { }
            )
        );

        var before = Dump();
        var preview = new DryRun(Database, catalog).Preview(new UpRequest(), NoWait);

        Assert.That(preview.Steps[0].Sql, Is.EqualTo("CREATE TABLE one (id INTEGER PRIMARY KEY);"));
        Assert.That(preview.Steps.Select(s => s.MayDiffer), Is.EqualTo(new[] { false, true }));
        Assert.That(preview.Steps[1].Sql, Is.EqualTo("SELECT 'not there';"));
        Assert.That(Dump(), Is.EqualTo(before));

        Succeed(catalog, new UpRequest());
        using var reader = Database.OpenReader(TimeSpan.Zero)!;
        Assert.That(reader.ReadJournalSql(2).UpSql, Is.EqualTo("SELECT 'there';"));
    }

    private IReadOnlyList<JournalEntry> ReadJournal()
    {
        using var reader = Database.OpenReader(TimeSpan.Zero)!;
        return reader.ReadJournal();
    }

    private static Action<IDbConnection, IDbTransaction> Code(string sql) =>
        (connection, transaction) =>
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            command.ExecuteNonQuery();
        };
}
