using FluentMigrator;
using FluentMigrator.Runner.Constraints;

namespace Nitejar.Migrations.Engine.Catalog;

/// <summary>The migrations that a binary knows, in the order of their versions.</summary>
public sealed class MigrationCatalog
{
    private readonly Dictionary<long, KnownMigration> _byVersion;

    /// <summary>Builds a catalog.</summary>
    /// <exception cref="ArgumentException">Two migrations share a version, or a version is not positive.</exception>
    public MigrationCatalog(IEnumerable<KnownMigration> migrations)
    {
        var ordered = migrations.ToArray();
        Array.Sort(
            ordered,
            static (a, b) =>
                a.Id.Version == b.Id.Version
                    ? string.CompareOrdinal(a.Id.Name, b.Id.Name)
                    : a.Id.Version.CompareTo(b.Id.Version)
        );
        _byVersion = new Dictionary<long, KnownMigration>(ordered.Length);
        foreach (var migration in ordered)
        {
            if (migration.Id.Version <= 0)
            {
                throw new ArgumentException($"The version of {migration.Id} is not positive.");
            }

            if (!_byVersion.TryAdd(migration.Id.Version, migration))
            {
                throw new ArgumentException(
                    $"{_byVersion[migration.Id.Version].Id} and {migration.Id} share a version."
                );
            }
        }

        All = ordered;
    }

    /// <summary>Every migration, lowest version first.</summary>
    public IReadOnlyList<KnownMigration> All { get; }

    /// <summary>Builds a catalog from the index that is generated into a project of migrations.</summary>
    /// <exception cref="ArgumentException">As the constructor.</exception>
    public static MigrationCatalog From(
        IEnumerable<(
            MigrationAttribute Attribute,
            Attribute[] Conditions,
            string Name,
            Func<IMigration> Create
        )> index
    ) =>
        new(
            index.Select(entry =>
                Known(entry.Attribute, entry.Conditions, (entry.Name, entry.Create))
            )
        );

    private static KnownMigration Known(
        MigrationAttribute attribute,
        Attribute[] conditions,
        (string Name, Func<IMigration> Create) type
    )
    {
        var known = new KnownMigration(
            new MigrationId(attribute.Version, type.Name),
            attribute,
            type.Create
        );
        return conditions.Length == 0
            ? known
            : known with
            {
                Tags = MigrationTags.Of([.. conditions.OfType<TagsAttribute>()]),
                Constraints = [.. conditions.OfType<MigrationConstraintAttribute>()],
                LosesData = LosesDataOf(conditions),
            };
    }

    private static string? LosesDataOf(Attribute[] conditions) =>
        conditions.OfType<LosesDataAttribute>().FirstOrDefault()?.Reason
        ?? conditions
            .OfType<MigrationTraitAttribute>()
            .FirstOrDefault(trait => trait.Name == LosesDataAttribute.Trait)
            ?.Value as string;

    /// <summary>The migration with this version, or <see langword="null"/>.</summary>
    public KnownMigration? Find(long version) => _byVersion.GetValueOrDefault(version);
}
