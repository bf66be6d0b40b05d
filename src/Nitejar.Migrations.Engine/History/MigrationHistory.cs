namespace Nitejar.Migrations.Engine.History;

/// <summary>What a database says has been done to it.</summary>
public sealed class MigrationHistory
{
    private readonly HashSet<long> _versions;
    private readonly JournalState _journal;

    /// <summary>Builds a history.</summary>
    /// <param name="applied">In the order of application.</param>
    /// <param name="journal">What the journal says beside it.</param>
    internal MigrationHistory(IReadOnlyList<AppliedMigration> applied, JournalState journal)
    {
        Applied = applied;
        _journal = journal;
        _versions = new HashSet<long>(applied.Count);
        foreach (var migration in applied)
        {
            _versions.Add(migration.Version);
            LatestVersion = Math.Max(LatestVersion, migration.Version);
        }
    }

    /// <summary>The history of a database that does not exist or was never migrated.</summary>
    public static MigrationHistory Empty { get; } = new([], JournalState.Empty);

    /// <summary>Applied migrations in the order of application, which is not always that of their versions.</summary>
    public IReadOnlyList<AppliedMigration> Applied { get; }

    /// <summary>The highest applied version; 0 when none is.</summary>
    public long LatestVersion { get; }

    /// <summary>The migration that was begun and not ended, or <see langword="null"/>. It is not among the applied.</summary>
    public InterruptedMigration? Interrupted => _journal.Interrupted;

    /// <summary>Whether the journal knows all that is applied, and nothing else: no other tool has migrated since.</summary>
    internal bool IsJournaled =>
        Applied.Count == _journal.Ups.Count
        && Applied.All(migration => _journal.Ups.ContainsKey(migration.Version));

    /// <summary>Whether this version is applied.</summary>
    public bool IsApplied(long version) => _versions.Contains(version);

    /// <summary>The same history with further applied migrations at its end.</summary>
    internal MigrationHistory With(IEnumerable<AppliedMigration> applied) =>
        new([.. Applied, .. applied], _journal);

    /// <summary>How this version was applied, or <see langword="null"/> when another tool applied it.</summary>
    public JournalEntry? JournalOf(long version) => _journal.Ups.GetValueOrDefault(version);

    /// <summary>An applied migration's identity; the name is the journal's, else FluentMigrator's description.</summary>
    public MigrationId IdOf(AppliedMigration migration) =>
        new(
            migration.Version,
            JournalOf(migration.Version)?.Migration.Name ?? migration.Description ?? ""
        );
}
