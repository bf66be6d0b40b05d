namespace Nitejar.Migrations.Engine.History;

/// <summary>The words and times as the journal's columns hold them, the same for every kind of database.</summary>
internal static class JournalWords
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Of(Direction direction) =>
        direction == Engine.Direction.Up ? "up" : "down";

    public static string Of(JournalOutcome outcome) =>
        outcome switch
        {
            JournalOutcome.Applied => "applied",
            JournalOutcome.Reverted => "reverted",
            JournalOutcome.Adopted => "adopted",
            JournalOutcome.Started => "started",
            JournalOutcome.Executed => "executed",
            _ => "accepted",
        };

    public static string Of(Reversal reversal) =>
        reversal switch
        {
            History.Reversal.Sql => "sql",
            History.Reversal.Code => "code",
            _ => "none",
        };

    public static string Of(DateTime utc) => utc.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static Direction Direction(string? word) =>
        word == "down" ? Engine.Direction.Down : Engine.Direction.Up;

    public static JournalOutcome Outcome(string? word) =>
        word switch
        {
            "reverted" => JournalOutcome.Reverted,
            "adopted" => JournalOutcome.Adopted,
            "accepted" => JournalOutcome.Accepted,
            "started" => JournalOutcome.Started,
            "executed" => JournalOutcome.Executed,
            _ => JournalOutcome.Applied,
        };

    public static Reversal Reversal(string? word) =>
        word switch
        {
            "sql" => History.Reversal.Sql,
            "code" => History.Reversal.Code,
            _ => History.Reversal.None,
        };

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
