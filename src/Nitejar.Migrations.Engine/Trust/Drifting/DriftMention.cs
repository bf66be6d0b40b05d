using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Reading;

namespace Nitejar.Migrations.Engine.Trust.Drifting;

/// <summary>Tells by one query, and without a replay, whether a schema is as the last runs have left it.</summary>
public static class DriftMention
{
    /// <summary>
    /// The objects that have changed since, in words (<c>index idx_agents_name</c>), in order. Empty where none has, and where
    /// the journal does not say how runs have left them: of databases that an older release, or another tool, has migrated
    /// last. Empty as well while another session keeps readers out of a table.
    /// </summary>
    /// <param name="reader">The database; <see langword="null"/> where there is none.</param>
    /// <param name="history">Its history.</param>
    /// <exception cref="DatabaseUnavailableException">It cannot be read.</exception>
    /// <exception cref="RefusedException">The journal is not the migrator's.</exception>
    public static IReadOnlyList<string> Of(DatabaseReader? reader, MigrationHistory history)
    {
        if (reader is null || history.Interrupted is not null || !history.IsJournaled)
        {
            return [];
        }

        var recorded = reader.ReadRecordedDefinitions();
        return !recorded.IsEmpty && reader.ReadDefinitions() is { } found
            ? recorded.DifferencesFrom(found)
            : [];
    }
}
