using FluentMigrator;
using Nitejar.Migrations.Engine.Catalog;

namespace Nitejar.Migrations.Tests.Fixtures;

/// <summary>The migrations that tests of their behaviour count. One that is added later has tests of its own.</summary>
internal static class ReleasedMigrations
{
    private const long Newest = 20260222000000;

    /// <summary>The catalog with no newer migration.</summary>
    public static MigrationCatalog Catalog { get; } =
        MigrationCatalog.From([
            .. MigrationIndex.All.Where(migration => migration.Attribute.Version <= Newest),
        ]);
}
