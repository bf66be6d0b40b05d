using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Concurrency;

public sealed class SimultaneousRunsTests : WorkplaceTests
{
    private const int Runners = 8;

    [Test]
    public async Task Eight_at_once_on_a_new_file_apply_each_migration_once()
    {
        await ExpectOneToApplyAndAllToSucceed("up", "-c", "x.db");

        ExpectBothAppliedOnce();
        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }

    [TestCase("DELETE")]
    [TestCase("WAL")]
    public async Task Eight_at_once_on_an_older_database_apply_each_migration_once(
        string journalMode
    )
    {
        Place.Sqlite(
            "x.db",
            $".output /dev/null\nPRAGMA journal_mode = {journalMode}; CREATE TABLE t (a);"
        );

        await ExpectOneToApplyAndAllToSucceed("up", "-c", "x.db");

        ExpectBothAppliedOnce();
        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }

    private async Task ExpectOneToApplyAndAllToSucceed(params string[] arguments)
    {
        var running = Enumerable.Range(0, Runners).Select(_ => Place.Start(arguments)).ToArray();
        try
        {
            var results = await Task.WhenAll(running.Select(run => run.WaitForEndAsync()));
            Array.ForEach(results, result => result.Exits(0));

            // Two files that are both complete would overwrite each other unseen; two reports cannot.
            var outputs = results.Select(result => result.Output).ToArray();
            Assert.That(outputs, Has.One.Contains("2 migrations applied"));
            Assert.That(outputs, Has.Exactly(Runners - 1).EqualTo("x.db: nothing to do\n"));
        }
        finally
        {
            Array.ForEach(running, run => run.Dispose());
        }
    }

    private void ExpectBothAppliedOnce()
    {
        Assert.That(
            Place.Sqlite("x.db", "SELECT Version, Outcome FROM VersionJournal ORDER BY Id;"),
            Is.EqualTo($"{Core}|applied\n{Github}|applied")
        );
        Assert.That(Place.Sqlite("x.db", "SELECT count(*) FROM VersionInfo;"), Is.EqualTo("2"));
        Assert.That(Place.Sqlite("x.db", "PRAGMA integrity_check;"), Is.EqualTo("ok"));
    }
}
