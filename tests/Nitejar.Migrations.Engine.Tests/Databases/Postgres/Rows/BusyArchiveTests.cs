using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Rows;

/// <summary>A table that another session uses stops what no run can begin again, with a sentence and nothing removed.</summary>
public sealed class BusyArchiveTests : ConformanceTests<PostgresTestDatabase>
{
    [Test]
    public void Archived_rows_that_are_being_read_are_not_removed()
    {
        var catalog = Sql("CREATE TABLE t (id integer PRIMARY KEY)", "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id) VALUES (1)");
        Succeed(catalog, new DownRequest(), Allowed);
        using var reader = TestDatabase.Open();
        using var read = new NpgsqlCommand("BEGIN; SELECT * FROM \"VersionArchive_1\"", reader);
        read.ExecuteNonQuery();

        var purge = new ArchivePurge(
            Database,
            new TransactionSettings(TimeSpan.FromMilliseconds(300), null, static (_, _) => { })
        );
        var entries = purge.FindToRemove(new ArchiveSelection());

        Assert.That(
            () => purge.Remove(entries, OpenGate.Instance, CancellationToken.None),
            Throws.TypeOf<LockTimeoutException>().With.Message.Contains("was in use by")
        );
        Assert.That(Query("SELECT id FROM \"VersionArchive_1\""), Is.EqualTo(new[] { "1" }));
    }
}
