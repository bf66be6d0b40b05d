using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Tests;

/// <summary>Histories for planner tests.</summary>
internal static class HistoryOf
{
    public static readonly RunOrigin Origin = new("0.0.0", "8.0.1", "host", "user");

    /// <summary>Versions in the order of application, each journaled with SQL to revert it.</summary>
    public static MigrationHistory Journaled(params long[] versions) =>
        Entries([.. versions.Select(v => Entry(v))]);

    /// <summary>Versions that another tool applied, without a journal.</summary>
    public static MigrationHistory Unjournaled(params long[] versions) =>
        new([.. versions.Select(Applied)], JournalState.Empty);

    public static MigrationHistory Entries(params JournalEntry[] entries) =>
        new([.. entries.Select(e => Applied(e.Migration.Version))], JournalState.Of(entries));

    public static JournalEntry Entry(
        long version,
        JournalOutcome outcome = JournalOutcome.Applied,
        Reversal reversal = Reversal.Sql,
        string? note = null
    ) =>
        new(
            version * 10,
            "run",
            new MigrationId(version, $"M{version}"),
            Direction.Up,
            outcome,
            Checksum: null,
            reversal,
            note,
            Origin,
            DateTime.UnixEpoch,
            TimeSpan.Zero
        );

    private static AppliedMigration Applied(long version) =>
        new(version, DateTime.UnixEpoch, $"M{version}");
}
