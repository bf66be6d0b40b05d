using FluentMigrator;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Sqlite;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>
/// Chains of migrations that nobody thought of, without those that remove rows: each Down is the inverse of its Up, so
/// that a verification finds nothing, whatever rows it makes.
/// </summary>
public sealed class VerifiedChainTests
{
    private const int Chains = 15;

    [Test]
    public void Nothing_is_found_where_each_Down_is_the_inverse_of_its_Up()
    {
        var chains = Enumerable
            .Range(1, 1000)
            .Select(seed => ChainGenerator.Make(seed))
            .Where(IsInverse);
        foreach (var chain in chains.Take(Chains))
        {
            var report = new Verification(
                new SqliteDatabase(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.db")),
                new MigrationCatalog(chain.Migrations.Select(KnownOf)),
                () => RunOrigin.Current("1.0.0")
            ).Run(new VerifySettings(), CancellationToken.None);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(
                    report.Migrations.SelectMany(m => m.Findings),
                    Is.Empty,
                    $"{chain.Seed}"
                );
                Assert.That(report.Whole.SelectMany(w => w.Findings), Is.Empty, $"{chain.Seed}");
                Assert.That(report.Passed, Is.True, $"{chain.Seed}");
            }
        }
    }

    /// <summary>Rows of migrations are left out, so chains that drop or delete some are too.</summary>
    private static bool IsInverse(Chain chain) =>
        chain.Migrations.All(migration =>
            migration.Operations.All(operation => operation is not (DropTable or DeleteRow))
        );

    private static KnownMigration KnownOf(ChainMigration migration)
    {
        var withoutRows = migration with
        {
            Operations =
            [
                .. migration.Operations.Where(operation =>
                    operation is not (InsertRows or InsertReferring)
                ),
            ],
        };
        return new KnownMigration(
            new MigrationId(migration.Version, migration.Name),
            new MigrationAttribute(migration.Version),
            () => InterpretedMigration.Of(withoutRows)
        );
    }
}
