using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Running.Consents;

/// <summary>A consent is to what was shown to be removed, and to no more.</summary>
public sealed class ConsentedLossTests : ShownPlanTests
{
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
}
