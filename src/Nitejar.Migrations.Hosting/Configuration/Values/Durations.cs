namespace Nitejar.Migrations.Hosting.Configuration.Values;

/// <summary>Durations as people write them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>; a bare number is seconds.</summary>
internal static class Durations
{
    public const string Forms = "Write 500ms, 30s, 5m or 1h, at most 168h.";
    public const string FormsOfAges = "Write 30s, 5m, 1h or 30d, at most 36500d.";

    private const int HoursADay = 24;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);
    private static readonly TimeSpan HighestAge = TimeSpan.FromDays(36_500);

    private static readonly (string Unit, double Seconds)[] Units =
    [
        ("ms", 0.001),
        ("s", 1),
        ("m", 60),
        ("h", 3600),
    ];

    /// <summary>A time to wait. <see langword="null"/> for what is not a duration, is negative or is longer than a week.</summary>
    public static TimeSpan? Parse(string text) => Parse(text, LongestWait);

    /// <summary>A time that has passed, also in days: <c>30d</c>. <see langword="null"/> for what is none, or longer than a century.</summary>
    public static TimeSpan? ParseAge(string text) =>
        text.EndsWith('d')
            ? Parse(text[..^1] + "h", HighestAge / HoursADay) * HoursADay
            : Parse(text, HighestAge);

    private static TimeSpan? Parse(string text, TimeSpan longest)
    {
        var unit = Array.Find(Units, u => text.EndsWith(u.Unit, StringComparison.Ordinal));
        var number = unit.Unit is null ? text : text[..^unit.Unit.Length];
        // The parser itself also takes words such as Infinity, and ignores trailing zero bytes.
        var isNumber =
            double.TryParse(
                number,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var value
            ) && number.All(c => char.IsAsciiDigit(c) || c == '.');
        var seconds = value * (unit.Unit is null ? 1 : unit.Seconds);
        return isNumber && seconds <= longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
