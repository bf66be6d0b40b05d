using System.Globalization;
using FluentMigrator;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Running;

/// <summary>A consent is to what was shown: the same steps with the same SQL, and no more taken away.</summary>
public sealed class ConsentTests : ConformanceTests<SqliteTestDatabase>
{
    private static readonly RunSettings Allowed = new(TimeSpan.Zero, Consent: Consent.ToRequest);
    private static readonly MigrationCatalog Tables = MigrationsOf.Catalog(
        MigrationsOf.Table(1, "one"),
        MigrationsOf.Table(2, "two"),
        MigrationsOf.Table(3, "three")
    );

    [Test]
    public void What_was_shown_is_run()
    {
        Migrate(Tables, "INSERT INTO three VALUES (1), (2)");
        var shown = Show(Tables, new DownRequest());

        var result = Succeed(Tables, new DownRequest(), To(shown));

        Assert.That(shown.Losses, Is.EqualTo(new[] { new DataLoss("three", null, 2, 2) }));
        Assert.That(result.Plan!.Value, Is.EqualTo(shown.Plan.Value));
        Assert.That(Applied(), Is.EqualTo(new long[] { 1, 2 }));
    }

    [Test]
    public void Another_step_is_refused_and_shown_in_its_turn()
    {
        Migrate(Tables, "INSERT INTO three VALUES (1); INSERT INTO two VALUES (1), (2)");
        var shown = Show(Tables, new DownRequest());
        Succeed(Tables, new DownRequest(), Allowed);

        var changed = Fail<PlanChangedException>(Tables, new DownRequest(), To(shown));

        Assert.That(
            changed.Message,
            Does.Contain("revert 2_two").And.Contain("shown was to revert 3_three")
        );
        Assert.That(changed.NextStep, Does.Contain("`down --to 1 --yes`"));
        Assert.That(changed.Proposed.Losses, Is.EqualTo(new[] { new DataLoss("two", null, 2, 2) }));
        Succeed(Tables, new DownRequest(), To(changed.Proposed));
        Assert.That(Applied(), Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public void A_step_more_is_refused()
    {
        Succeed(Tables, new UpRequest(To: 2));
        Execute("INSERT INTO two VALUES (1)");
        var shown = Show(Tables, new DownRequest(To: 1));
        Succeed(Tables, new UpRequest());

        Fail<PlanChangedException>(Tables, new DownRequest(To: 1), To(shown));
    }

    [Test]
    public void Another_step_is_refused_also_where_it_takes_nothing_away()
    {
        Migrate(Tables, "INSERT INTO three VALUES (1)");
        var shown = Show(Tables, new DownRequest());
        Succeed(Tables, new DownRequest(), Allowed);

        var changed = Fail<PlanChangedException>(Tables, new DownRequest(), To(shown));

        Assert.That(changed.Proposed.Losses, Is.Empty);
    }

    [Test]
    public void Other_steps_cost_no_backup()
    {
        Migrate(Tables, "INSERT INTO three VALUES (1); INSERT INTO two VALUES (1)");
        var shown = Show(Tables, new DownRequest());
        Succeed(Tables, new DownRequest(), Allowed);

        // Where a backup would be tried, it would fail.
        var file = Database.Name + "/no-folder";
        Fail<PlanChangedException>(
            Tables,
            new DownRequest(),
            To(shown) with
            {
                Backup = new BackupSettings(file),
            }
        );
    }

    [Test]
    public void Other_SQL_is_refused()
    {
        Migrate(Tables, "INSERT INTO three VALUES (1)");
        var shown = Show(Tables, new DownRequest());
        Execute("UPDATE VersionJournal SET DownSql = 'DROP TABLE three; ' WHERE Version = 3");

        var changed = Fail<PlanChangedException>(Tables, new DownRequest(), To(shown));

        Assert.That(changed.Message, Does.Contain("SQL has changed").And.Contain("3_three"));
    }

    [Test]
    public void Nothing_left_to_do_needs_no_consent()
    {
        Succeed(Tables, new UpRequest(To: 1));
        Execute("INSERT INTO one VALUES (1)");
        var shown = Show(Tables, new DownRequest());
        Succeed(Tables, new DownRequest(), Allowed);

        var result = Succeed(Tables, new DownRequest(), To(shown));

        Assert.That(result.Steps, Is.Empty);
        Assert.That(result.Plan, Is.Null);
    }

    [Test]
    public void More_rows_are_refused()
    {
        Migrate(Tables, "INSERT INTO three VALUES (1)");
        var shown = Show(Tables, new DownRequest());
        Execute("INSERT INTO three VALUES (2)");

        var refused = Fail<DataLossRefusedException>(Tables, new DownRequest(), To(shown));

        Assert.That(refused.Message, Does.Contain("more rows than were shown: three (2 rows"));
        Assert.That(refused.NextStep, Does.Contain("`down --to 2 --yes`"));
        Succeed(Tables, new DownRequest(), To(refused.Proposed));
    }

    [Test]
    public void Rows_of_another_table_are_refused()
    {
        Migrate(Tables, "INSERT INTO three VALUES (1), (2)");
        var shown = Show(Tables, new DownRequest(All: true));
        Execute("DELETE FROM three WHERE id = 2; INSERT INTO two VALUES (1)");

        Fail<DataLossRefusedException>(Tables, new DownRequest(All: true), To(shown));
    }

    [Test]
    public void Values_of_another_column_are_refused()
    {
        var catalog = Sql("SELECT 1", "ALTER TABLE t DROP COLUMN a; ALTER TABLE t DROP COLUMN b");
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b)");
        Migrate(catalog, "INSERT INTO t VALUES (1, 'a', NULL), (2, 'a', NULL)");
        var shown = Show(catalog, new DownRequest());
        Execute("UPDATE t SET a = NULL, b = 'b' WHERE id = 1");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest(), To(shown));

        Assert.That(
            refused.Losses.Select(loss => loss.Column),
            Is.EquivalentTo(new[] { "a", "b" })
        );
    }

    [TestCase("DELETE FROM three WHERE id = 1")]
    [TestCase("DELETE FROM three")]
    public void Fewer_rows_are_not(string fewer)
    {
        Migrate(Tables, "INSERT INTO three VALUES (1), (2)");
        var shown = Show(Tables, new DownRequest());
        Execute(fewer);

        Succeed(Tables, new DownRequest(), To(shown));
    }

    [Test]
    public void As_many_rows_of_which_the_archive_keeps_fewer_are_refused()
    {
        Migrate(Tables, "INSERT INTO three VALUES (1)");
        var shown = Show(Tables, new DownRequest());

        var refused = Fail<DataLossRefusedException>(
            Tables,
            new DownRequest(),
            To(shown) with
            {
                KeepRows = false,
            }
        );

        Assert.That(refused.Losses, Is.EqualTo(new[] { new DataLoss("three", null, 1) }));
    }

    [Test]
    public void Rows_of_several_statements_count_together()
    {
        var catalog = Sql("SELECT 1", "DELETE FROM t WHERE id < 10; DELETE FROM t");
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        Migrate(catalog, "INSERT INTO t VALUES (1), (20)");
        var shown = Show(catalog, new DownRequest());

        Execute("INSERT INTO t VALUES (2)");
        Fail<DataLossRefusedException>(catalog, new DownRequest(), To(shown));
        Execute("DELETE FROM t WHERE id = 20");
        Succeed(catalog, new DownRequest(), To(shown));
    }

    [Test]
    public void Without_a_transaction_what_was_shown_is_not_enough()
    {
        Migrate(Tables, "INSERT INTO three VALUES (1)");
        var shown = Show(Tables, new DownRequest());
        Execute("UPDATE VersionJournal SET Statement = 1 WHERE Version = 3");

        var refused = Fail<RefusedException>(Tables, new DownRequest(), To(shown));

        Assert.That(refused.Message, Does.Contain("without a transaction"));
    }

    [Test]
    public void Code_is_known_by_its_class_and_binary()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Code(1, "Coded", _ => { }, m => m.Execute.WithConnection(Clear))
        );
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        Migrate(catalog, "INSERT INTO t VALUES (1)");
        var shown = Show(catalog, new DownRequest());

        var result = Succeed(catalog, new DownRequest(), To(shown));

        Assert.That(result.Plan!.Steps.Single().Digest, Is.EqualTo(catalog.All[0].DigestOfClass()));
    }

    [TestCase("guid")]
    [TestCase("clock")]
    public void A_class_with_another_text_each_time_is_known_by_its_class(string kind)
    {
        var catalog = Varying(() =>
            kind == "clock"
                ? DateTime.UtcNow.ToString("s", CultureInfo.InvariantCulture)
                : Guid.NewGuid().ToString()
        );
        Migrate(catalog, "INSERT INTO t VALUES ('people''s')");
        var shown = Show(catalog, new RedoRequest());
        Thread.Sleep(TimeSpan.FromSeconds(1.1));

        var result = Succeed(catalog, new RedoRequest(), To(shown));

        Assert.That(result.Plan!.Value, Is.Not.EqualTo(shown.Plan.Value));
        Assert.That(
            Query("SELECT UpSql LIKE '%' || (SELECT note FROM t) || '%' FROM VersionJournal")
                .Last(),
            Is.EqualTo("1")
        );
    }

    [Test]
    public void A_class_with_another_text_for_good_is_refused()
    {
        Migrate(Varying(() => "first"), "INSERT INTO t VALUES ('people''s')");
        var shown = Show(Varying(() => "first"), new RedoRequest());

        var changed = Fail<PlanChangedException>(
            Varying(() => "second"),
            new RedoRequest(),
            To(shown)
        );

        Assert.That(changed.NextStep, Does.Contain("`redo --steps 1 --yes`"));
    }

    [Test]
    public void What_a_class_asks_the_database_may_be_answered_otherwise()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Code(
                1,
                "Asks",
                _ => { },
                m =>
                {
                    m.Delete.FromTable("t").AllRows();
                    if (m.Schema.Table("also").Exists())
                    {
                        m.Delete.Table("also");
                    }
                }
            )
        );
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        Migrate(catalog, "INSERT INTO t VALUES (1); DELETE FROM VersionJournal");
        var shown = Show(catalog, new DownRequest());
        Execute("CREATE TABLE also (id INTEGER PRIMARY KEY)");

        Fail<PlanChangedException>(catalog, new DownRequest(), To(shown));
    }

    [Test]
    public void A_plan_is_known_by_what_was_executed()
    {
        var up = Succeed(Tables, new UpRequest());
        var checksums = Query("SELECT Checksum FROM VersionJournal ORDER BY Id");
        Assert.That(up.Plan!.Steps.Select(step => step.Digest), Is.EqualTo(checksums));
        Assert.That(up.Plan.Value, Does.Match("^[0-9a-f]{64}$"));

        Assert.That(Succeed(Tables, new UpRequest()).Plan, Is.Null);
        Assert.That(
            Succeed(Tables, new DownRequest(All: true), Allowed).Plan!.Value,
            Is.Not.EqualTo(up.Plan.Value)
        );
        Assert.That(Succeed(Tables, new UpRequest()).Plan!.Value, Is.EqualTo(up.Plan.Value));
    }

    private static RunSettings To(Proposal shown) => new(TimeSpan.Zero, Consent: Consent.To(shown));

    private static MigrationCatalog Sql(string up, string down) =>
        MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", up, down));

    /// <summary>A migration whose Down deletes rows that its Up does not bring back.</summary>
    private static MigrationCatalog Varying(Func<string> text) =>
        MigrationsOf.Catalog(
            MigrationsOf.Code(
                1,
                "Varies",
                m =>
                {
                    m.Execute.Sql("CREATE TABLE IF NOT EXISTS t (note TEXT)");
                    m.Insert.IntoTable("t").Row(new { note = text() });
                },
                m => m.Delete.FromTable("t").AllRows()
            )
        );

    private static void Clear(
        System.Data.IDbConnection connection,
        System.Data.IDbTransaction transaction
    )
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "DELETE FROM t";
        command.ExecuteNonQuery();
    }

    private void Migrate(MigrationCatalog catalog, string rows)
    {
        Succeed(catalog, new UpRequest());
        Execute(rows);
    }

    /// <summary>What somebody is shown before the answer.</summary>
    private Proposal Show(MigrationCatalog catalog, MigrationRequest request) =>
        Fail<DataLossRefusedException>(catalog, request).Proposed;
}
