namespace Nitejar.Migrations.Cli.Configuration;

/// <summary>Durations as people write them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>; a bare number is seconds.</summary>
internal static class Durations
{
    public const string Forms = "Write 500ms, 30s, 5m or 1h.";

    private static readonly (string Unit, double Seconds)[] Units =
    [
        ("ms", 0.001),
        ("s", 1),
        ("m", 60),
        ("h", 3600),
    ];

    /// <summary><see langword="null"/> for what is no duration, is negative or is longer than a week.</summary>
    public static TimeSpan? Parse(string text)
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
        return isNumber && seconds <= TimeSpan.FromDays(7).TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }
}
