using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Output;

public sealed class ProgressTests : WorkplaceTests
{
    /// <summary>A log that says nothing for minutes looks like a program that hangs.</summary>
    [Test]
    public void A_migration_that_takes_long_is_told_of_in_a_log_too()
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);

        // The first page that the step writes, long after it was begun.
        var result = Place.DelayedAt("pwrite64", 6, "up", "-c", "x.db", "--no-backup").Run();

        Assert.That(
            result.Exits(0).Error,
            Does.Match($@"^applying {Github}_GithubIntegration: \d+\.\d s so far\n")
        );
    }

    [Test]
    public void A_short_one_says_nothing() =>
        Assert.That(Place.Run("up", "-c", "x.db").Exits(0).Error, Is.Empty);
}
