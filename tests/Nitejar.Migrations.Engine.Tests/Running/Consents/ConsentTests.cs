using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Running.Consents;

/// <summary>A consent is to the steps that were shown, in their order and with their SQL.</summary>
public sealed class ConsentTests : ShownPlanTests
{
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
    public void Without_a_transaction_what_was_shown_is_not_enough()
    {
        Migrate(Tables, "INSERT INTO three VALUES (1)");
        var shown = Show(Tables, new DownRequest());
        Execute("UPDATE VersionJournal SET Statement = 1 WHERE Version = 3");

        var refused = Fail<RefusedException>(MigrationsOf.Catalog(), new DownRequest(), To(shown));

        Assert.That(refused.Message, Does.Contain("without a transaction"));
    }
}
