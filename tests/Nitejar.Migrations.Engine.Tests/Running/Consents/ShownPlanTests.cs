using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Running.Consents;

/// <summary>What tests of consent do: show what a run removes, change the database, and run what was shown.</summary>
public abstract class ShownPlanTests : ConformanceTests<SqliteTestDatabase>
{
    private protected static MigrationCatalog Tables { get; } =
        MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Table(2, "two"),
            MigrationsOf.Table(3, "three")
        );

    protected static RunSettings To(Proposal shown) =>
        new(TimeSpan.Zero, Consent: Consent.To(shown));

    private protected void Migrate(MigrationCatalog catalog, string rows)
    {
        Succeed(catalog, new UpRequest());
        Execute(rows);
    }

    /// <summary>What somebody is shown before the answer.</summary>
    private protected Proposal Show(MigrationCatalog catalog, MigrationRequest request) =>
        Fail<DataLossRefusedException>(catalog, request).Proposed;
}
