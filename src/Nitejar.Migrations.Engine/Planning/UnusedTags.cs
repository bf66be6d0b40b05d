using Nitejar.Migrations.Engine.Catalog;

namespace Nitejar.Migrations.Engine.Planning;

/// <summary>Tags that choose nothing, as one that is mistyped does.</summary>
public static class UnusedTags
{
    /// <summary>Names those of a run that no migration of the catalog has, in sentences for a person; usually none.</summary>
    public static IEnumerable<string> WarningsOf(
        MigrationCatalog catalog,
        IReadOnlyList<string> chosen
    ) =>
        chosen
            .Where(tag => !catalog.All.Any(known => known.Tags.Contains(tag)))
            .Select(tag => $"No migration of this binary has the tag {tag}.");
}
