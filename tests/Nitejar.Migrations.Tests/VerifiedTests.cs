using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Tests;

/// <summary>The project's own migrations, each with and without tags: every Down takes back what its Up did.</summary>
public sealed class VerifiedTests
{
    [TestCase]
    [TestCase("plugin-instances")]
    public void Every_migration_is_verified_with_rows_in_every_table(params string[] tags)
    {
        using var folder = new TemporaryFolder();
        var report = new Verification(
            new SqliteDatabase(folder["none.db"]),
            MigrationCatalog.From(MigrationIndex.All),
            () => RunOrigin.Current("1.0.0")
        ).Run(new VerifySettings { Tags = tags }, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Migrations.SelectMany(m => m.Findings), Is.Empty);
            Assert.That(report.Whole.SelectMany(w => w.Findings), Is.Empty);
            Assert.That(report.Passed, Is.True);
            Assert.That(
                report.Migrations.SelectMany(m => m.Notes),
                Has.None.Contains("has no rows")
            );
        }
    }
}
