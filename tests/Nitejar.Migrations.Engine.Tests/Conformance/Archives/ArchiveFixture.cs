using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>What tests of the archive do: apply one migration, put rows into the database, revert it, apply it again.</summary>
public abstract class ArchiveFixture<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
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

    /// <summary>Without consent the Down is refused; with it the row is archived, and the next Up puts it back.</summary>
    protected void RequireReturn(string up, string down, string insert, string select)
    {
        var catalog = Sql(up, down);
        Succeed(catalog, new UpRequest());
        Execute(insert);

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Assert.That(refused.Losses, Is.Not.Empty);
        var archived = Succeed(catalog, new DownRequest(), Allowed).Steps[0].Data.Archived;
        Assert.That(archived, Is.Not.Empty);
        Reapply(catalog);

        Assert.That(Query(select), Is.EqualTo(new[] { "7" }));
    }

    /// <summary><see cref="Text"/> of everything in the archive.</summary>
    protected string[] Archives()
    {
        using var reader = Database.OpenReader(TimeSpan.Zero)!;
        return [.. reader.ReadArchives().Select(Text)];
    }

    /// <summary><c>table rows state</c>, or <c>table.column rows state</c>.</summary>
    protected static string Text(ArchiveEntry entry) =>
        $"{entry.Table}{(entry.Column is null ? "" : "." + entry.Column)} {entry.Rows} {entry.State}";
}
