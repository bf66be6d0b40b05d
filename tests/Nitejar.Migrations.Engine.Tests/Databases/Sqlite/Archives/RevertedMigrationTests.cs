using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>What tests of the archive do: apply one migration, put rows into the database, revert it, apply it again.</summary>
public abstract class RevertedMigrationTests : ConformanceTests<SqliteTestDatabase>
{
    protected static RunSettings Allowed { get; } = new(TimeSpan.Zero, Consent: Consent.ToRequest);

    private protected static MigrationCatalog Sql(string up, string down) =>
        MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", up, down));

    /// <summary>Applies the migration, executes what people do then, and reverts it.</summary>
    private protected IReadOnlyList<ArchiveEntry> Revert(MigrationCatalog catalog, string rows)
    {
        Succeed(catalog, new UpRequest());
        Execute(rows);
        return Succeed(catalog, new DownRequest(), Allowed).Steps[0].Data.Archived;
    }

    /// <summary>Applies it again.</summary>
    /// <returns>What came back and what did not.</returns>
    private protected IReadOnlyList<RestoredRows> Reapply(MigrationCatalog catalog) =>
        Succeed(catalog, new UpRequest()).Steps[0].Data.Restored;

    /// <summary><c>table rows state</c> of everything in the archive.</summary>
    protected string[] Archives()
    {
        using var reader = Database.OpenReader(TimeSpan.Zero)!;
        return
        [
            .. reader
                .ReadArchives()
                .Select(e =>
                    $"{e.Table}{(e.Column is null ? "" : "." + e.Column)} {e.Rows} {e.State}"
                ),
        ];
    }
}
