using System.Data;
using System.Globalization;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Running.Consents;

/// <summary>By what a step is known: its SQL, or its class where the SQL cannot tell.</summary>
public sealed class StepIdentityTests : ShownPlanTests
{
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
        WaitForAnotherSecond();

        var result = Succeed(catalog, new RedoRequest(), To(shown));

        Assert.That(result.Plan!.Value, Is.Not.EqualTo(shown.Plan.Value));
        Assert.That(
            Query(
                    "SELECT EXISTS (SELECT 1 FROM t WHERE UpSql LIKE '%' || note || '%') FROM VersionJournal"
                )
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

    /// <summary>A migration whose Down changes rows, which nothing brings back.</summary>
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
                m =>
                {
                    m.Execute.Sql("UPDATE t SET note = note");
                    m.Delete.FromTable("t").AllRows();
                }
            )
        );

    /// <summary>Waits until a text that holds the time is another one.</summary>
    private static void WaitForAnotherSecond()
    {
        var shown = DateTime.UtcNow.Second;
        SpinWait.SpinUntil(() => DateTime.UtcNow.Second != shown);
    }

    private static void Clear(IDbConnection connection, IDbTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "DELETE FROM t";
        command.ExecuteNonQuery();
    }
}
