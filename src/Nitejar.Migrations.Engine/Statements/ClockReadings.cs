namespace Nitejar.Migrations.Engine.Statements;

/// <summary>Finds what looks like the time at which a text was made: <c>DateTime.UtcNow</c> in a migration.</summary>
internal static class ClockReadings
{
    /// <summary>So many seconds have the same leading digits as a Unix time.</summary>
    private const long SameDigits = 100;

    /// <summary>Whether the text holds the date or the Unix time of a moment from then until now, by UTC or the local clock.</summary>
    public static bool AreIn(string text, DateTime sinceUtc)
    {
        var now = DateTime.UtcNow;
        return HoldsDate(text, sinceUtc, now)
            || HoldsDate(text, sinceUtc.ToLocalTime(), now.ToLocalTime())
            || HoldsUnixTime(text, sinceUtc, now);
    }

    private static bool HoldsDate(string text, DateTime from, DateTime to)
    {
        for (var day = from.Date; day <= to; day = day.AddDays(1))
        {
            if (
                text.Contains(
                    day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    StringComparison.Ordinal
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>In seconds or in parts of them: those only add digits.</summary>
    private static bool HoldsUnixTime(string text, DateTime from, DateTime to)
    {
        var last = new DateTimeOffset(to).ToUnixTimeSeconds() / SameDigits;
        for (
            var digits = new DateTimeOffset(from).ToUnixTimeSeconds() / SameDigits;
            digits <= last;
            digits++
        )
        {
            if (
                text.Contains(
                    digits.ToString(CultureInfo.InvariantCulture),
                    StringComparison.Ordinal
                )
            )
            {
                return true;
            }
        }

        return false;
    }
}
