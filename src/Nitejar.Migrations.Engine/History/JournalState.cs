namespace Nitejar.Migrations.Engine.History;

/// <summary>What the journal says of how things stand.</summary>
/// <param name="Ups">For each version whose newest entry is of an Up, that entry.</param>
/// <param name="Interrupted">The migration without a transaction that was begun and not ended; <see langword="null"/> for none.</param>
internal sealed record JournalState(
    IReadOnlyDictionary<long, JournalEntry> Ups,
    InterruptedMigration? Interrupted = null
)
{
    /// <summary>For each version whose newest entry is of a Down, the entry of the Up that it reverted, where there is one.</summary>
    public IReadOnlyDictionary<long, JournalEntry> Reverted { get; private init; } =
        new Dictionary<long, JournalEntry>();

    /// <summary>Of a database without a journal.</summary>
    public static JournalState Empty { get; } = new(new Dictionary<long, JournalEntry>());

    /// <summary>Reads the entries in their order.</summary>
    public static JournalState Of(IEnumerable<JournalEntry> entries)
    {
        var ups = new Dictionary<long, JournalEntry>();
        var reverted = new Dictionary<long, JournalEntry>();
        InterruptedMigration? interrupted = null;
        foreach (var entry in entries)
        {
            switch (entry.Outcome)
            {
                case JournalOutcome.Started:
                    interrupted = InterruptedMigration.Begin(entry, interrupted);
                    continue;
                case JournalOutcome.Executed:
                    interrupted = interrupted is null
                        ? null
                        : interrupted with
                        {
                            Executed = entry.Statement ?? 0,
                        };
                    continue;
                case JournalOutcome.Restored:
                    // The rows before it are those of the backup, and so is all that they tell of.
                    continue;
                case JournalOutcome.Applied:
                case JournalOutcome.Reverted:
                case JournalOutcome.Adopted:
                case JournalOutcome.Accepted:
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(entries));
            }

            // A version that was reverted here and is applied again was applied by another tool: its old entry says
            // nothing.
            reverted.Remove(entry.Migration.Version);
            if (entry.Direction == Direction.Up)
            {
                ups[entry.Migration.Version] = entry;
            }
            else if (ups.Remove(entry.Migration.Version, out var up))
            {
                reverted[entry.Migration.Version] = up;
            }

            interrupted =
                interrupted?.Migration.Version == entry.Migration.Version ? null : interrupted;
        }

        return new JournalState(ups, interrupted) { Reverted = reverted };
    }
}

/// <summary>A migration without a transaction that was begun and not ended.</summary>
/// <param name="Migration">Which migration.</param>
/// <param name="Direction">Which way it was going.</param>
/// <param name="JournalId">The journal row that holds its SQL.</param>
/// <param name="Executed">How many of its statements are known to be executed.</param>
/// <param name="Reversal">How its Up can be reverted.</param>
/// <param name="Origin">Who began it.</param>
/// <param name="RunId">The run that began it in this direction, also where another one has continued it.</param>
public sealed record InterruptedMigration(
    MigrationId Migration,
    Direction Direction,
    long JournalId,
    int Executed,
    Reversal Reversal,
    RunOrigin Origin,
    string RunId
)
{
    /// <summary><c>going up after 2 statements</c></summary>
    public string Place =>
        $"going {(Direction == Direction.Up ? "up" : "down")} after {Count.Of(Executed, "statement")}";

    /// <summary>
    /// Whether all or part of an interrupted Up is there to be taken back: it is, or it is what a Down began with that
    /// was interrupted in its turn.
    /// </summary>
    public bool IsOfAnUp { get; private init; } = Direction == Direction.Up;

    internal static InterruptedMigration Begin(JournalEntry entry, InterruptedMigration? before) =>
        new(
            entry.Migration,
            entry.Direction,
            entry.Id,
            before?.Direction == entry.Direction ? before.Executed : 0,
            entry.Reversal,
            entry.Origin,
            before?.Direction == entry.Direction ? before.RunId : entry.RunId
        )
        {
            IsOfAnUp = entry.Direction == Direction.Up || before is { IsOfAnUp: true },
        };
}
