namespace Nitejar.Migrations.Engine.History;

/// <summary>The words and times as the journal's columns hold them, the same for every kind of database.</summary>
internal static class JournalWords
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static StoredWords<Direction> Directions { get; } =
        new(direction =>
            direction switch
            {
                Direction.Up => "up",
                Direction.Down => "down",
                _ => throw new ArgumentOutOfRangeException(nameof(direction)),
            }
        );

    public static StoredWords<JournalOutcome> Outcomes { get; } =
        new(outcome =>
            outcome switch
            {
                JournalOutcome.Applied => "applied",
                JournalOutcome.Reverted => "reverted",
                JournalOutcome.Adopted => "adopted",
                JournalOutcome.Accepted => "accepted",
                JournalOutcome.Restored => "restored",
                JournalOutcome.Started => "started",
                JournalOutcome.Executed => "executed",
                _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
            }
        );

    public static StoredWords<Reversal> Reversals { get; } =
        new(reversal =>
            reversal switch
            {
                Reversal.Sql => "sql",
                Reversal.Code => "code",
                Reversal.None => "none",
                _ => throw new ArgumentOutOfRangeException(nameof(reversal)),
            }
        );

    public static string Of(DateTime utc) => utc.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTime Time(string? text) =>
        DateTime.TryParseExact(
            text,
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : default;
}
