using FluentMigrator;
using FluentMigrator.Runner.Constraints;
using FluentMigrator.Runner.VersionTableInfo;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Catalog;

/// <summary>The migrations that a binary knows, in the order of their versions.</summary>
public sealed class MigrationCatalog
{
    private const string ConnectionStringTrait = nameof(MigrationBase.ConnectionString);

    private readonly Dictionary<long, KnownMigration> _byVersion;

    /// <summary>Builds a catalog.</summary>
    /// <param name="migrations">The migrations.</param>
    /// <param name="versionTable">The table of applied versions; <see langword="null"/> for the one that their projects name, else <see cref="VersionTable.Standard"/>.</param>
    /// <exception cref="ArgumentException">Two migrations share a version, a version is not positive, or they name different tables of applied versions.</exception>
    public MigrationCatalog(
        IEnumerable<KnownMigration> migrations,
        VersionTable? versionTable = null
    )
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
        VersionTable = versionTable ?? VersionTableOf(ordered);
    }

    /// <summary>Every migration, lowest version first.</summary>
    public IReadOnlyList<KnownMigration> All { get; }

    /// <summary>FluentMigrator's table of applied versions, as the projects of the migrations name it.</summary>
    public VersionTable VersionTable { get; }

    /// <summary>Builds a catalog from the index that is generated into a project of migrations.</summary>
    /// <param name="index">The index.</param>
    /// <param name="versionTable">As the constructor.</param>
    /// <exception cref="ArgumentException">As the constructor.</exception>
    public static MigrationCatalog From(
        IEnumerable<(
            MigrationAttribute Attribute,
            Attribute[] Conditions,
            string Name,
            Func<IMigration> Create
        )> index,
        VersionTable? versionTable = null
    ) =>
        new(
            index.Select(entry =>
                Known(entry.Attribute, entry.Conditions, (entry.Name, entry.Create))
            ),
            versionTable
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
                VersionTable = VersionTableOf(conditions),
                ReadsConnectionString = Array.Exists(
                    conditions,
                    static c => c is MigrationTraitAttribute { Name: ConnectionStringTrait }
                ),
            };
    }

    private static VersionTable VersionTableOf(KnownMigration[] migrations)
    {
        VersionTable? named = null;
        foreach (var migration in migrations)
        {
            var table = migration.VersionTable;
            if (named is not null && table is not null && named != table)
            {
                throw new ArgumentException(
                    $"The projects of the migrations name the version tables {named.Name} and {table.Name}, or give one other columns; a database has one."
                );
            }

            named = table ?? named;
        }

        return named ?? VersionTable.Standard;
    }

    /// <summary>The generated index gives it to each migration, so that it is not lost where indexes are filtered or joined.</summary>
    private static VersionTable? VersionTableOf(Attribute[] conditions)
    {
        foreach (var condition in conditions)
        {
            if (condition is MigrationTraitAttribute { Value: IVersionTableMetaData metadata })
            {
                return VersionTable.Of(metadata);
            }
        }

        return null;
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
