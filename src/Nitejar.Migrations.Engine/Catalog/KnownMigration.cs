using FluentMigrator;
using FluentMigrator.Runner.Constraints;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Catalog;

/// <summary>A migration whose class is compiled into this binary.</summary>
/// <param name="Id">Version and class name.</param>
/// <param name="Attribute">What its author declared: description, transaction behaviour.</param>
/// <param name="Create">Makes a new instance of the class.</param>
public sealed record KnownMigration(
    MigrationId Id,
    MigrationAttribute Attribute,
    Func<IMigration> Create
)
{
    /// <summary>By which a run chooses it while it is pending.</summary>
    public MigrationTags Tags { get; init; } = MigrationTags.None;

    /// <summary>Why rows of it do not come back after its Down and its Up; <see langword="null"/> where its author declares no loss.</summary>
    public string? LosesData { get; init; }

    /// <summary>Whether it may read <see cref="MigrationBase.ConnectionString"/>, which is handed to such migrations only.</summary>
    public bool ReadsConnectionString { get; init; }

    /// <summary>FluentMigrator's table of applied versions, where its project names one; else <see langword="null"/>.</summary>
    public VersionTable? VersionTable { get; init; }

    /// <summary>What has to hold besides for a run to choose it; usually empty.</summary>
    public IReadOnlyList<MigrationConstraintAttribute> Constraints { get; init; } = [];

    /// <summary>Text for <c>VersionInfo.Description</c>; stock FluentMigrator falls back to the class name as well.</summary>
    public string Description => Attribute.Description ?? Id.Name;

    /// <summary><see langword="false"/> when its author declared <see cref="TransactionBehavior.None"/>.</summary>
    public bool RunsInTransaction => Attribute.TransactionBehavior == TransactionBehavior.Default;

    /// <summary>Whether its author declares that it has no Down.</summary>
    internal bool IsForwardOnly => Create() is ForwardOnlyMigration;

    /// <summary>Names the class and the build of its binary, for what SQL does not tell: SHA-256, lower-case hexadecimal.</summary>
    internal string DigestOfClass()
    {
        var type = Create().GetType();
        return Sha256.HexOf($"{type.FullName} {type.Module.ModuleVersionId}");
    }
}
