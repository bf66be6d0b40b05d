using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Reading;

namespace Nitejar.Migrations.Engine.Trust.Replaying;

/// <summary>Replays what is applied to a database, in the order of application.</summary>
internal static class AppliedReplay
{
    /// <summary>Applies it. Migrations that this binary does not know are taken from the journal.</summary>
    /// <exception cref="RefusedException">One of them fails, or is neither known nor journaled.</exception>
    public static void Apply(
        SchemaReplay replay,
        (MigrationCatalog Catalog, MigrationHistory History) migrations,
        DatabaseReader reader
    )
    {
        foreach (var applied in migrations.History.Applied)
        {
            Apply(replay, applied, migrations, reader);
        }
    }

    /// <summary>Applies one of them.</summary>
    /// <inheritdoc cref="Apply(SchemaReplay, ValueTuple{MigrationCatalog, MigrationHistory}, DatabaseReader)" path="/exception"/>
    public static void Apply(
        SchemaReplay replay,
        AppliedMigration applied,
        (MigrationCatalog Catalog, MigrationHistory History) migrations,
        DatabaseReader reader
    )
    {
        if (migrations.Catalog.Find(applied.Version) is { } known)
        {
            replay.Apply(known);
            return;
        }

        var id = migrations.History.IdOf(applied);
        var journaled = migrations.History.JournalOf(applied.Version);
        replay.Execute(
            id,
            (journaled is null ? null : reader.ReadJournalSql(journaled.Id).UpSql)
                ?? throw new RefusedException(
                    $"{id} is unknown to this binary and its SQL is not stored, so what it made is not known.",
                    "Run the command with a binary that has this migration."
                )
                {
                    Code = ErrorCode.UnknownMigration,
                }
        );
    }
}
