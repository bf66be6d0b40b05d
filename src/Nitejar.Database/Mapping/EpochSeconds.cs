namespace Nitejar.Database.Mapping;

/// <summary>Nitejar's timestamps: whole seconds since the Unix epoch.</summary>
internal static class EpochSeconds
{
    public static long Of(DateTimeOffset time) =>
        // Where linq2db cannot leave a column out, as in a bulk copy, "not said" must not become the year 1.
        time == default
            ? throw new InvalidOperationException(
                "A timestamp is not set, and this way of writing rows cannot leave it to the database. Set it."
            )
            : time.ToUnixTimeSeconds();

    public static DateTimeOffset Read(long seconds) =>
        seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds()
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new FormatException(
                $"A timestamp in the database is {seconds}, which are no seconds since the Unix epoch up to the year 9999."
            );
}
