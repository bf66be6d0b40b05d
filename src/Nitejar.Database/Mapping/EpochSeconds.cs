using System.Linq.Expressions;

namespace Nitejar.Database.Mapping;

/// <summary>Nitejar's timestamps: whole seconds since the Unix epoch.</summary>
internal sealed class EpochSeconds
{
    /// <param name="range">What the columns hold.</param>
    public EpochSeconds(IntegerRange range)
    {
        Range = range;
        Write = time => Of(time, range);
    }

    public IntegerRange Range { get; }

    /// <summary>The same for every column, so that a query can compare two of them.</summary>
    public Expression<Func<DateTimeOffset, long>> Write { get; }

    private static long Of(DateTimeOffset time, IntegerRange range)
    {
        // Where linq2db cannot leave a column out, as in a bulk copy, "not said" must not become the year 1.
        if (time == default)
        {
            throw new InvalidOperationException(
                "A timestamp is not set, and this way of writing rows cannot leave it to the database. Set it."
            );
        }

        var seconds = time.ToUnixTimeSeconds();
        return range.Holds(seconds)
            ? seconds
            : throw new OverflowException(
                $"{time:u} does not fit into {Names.CreatedAt} or {Names.UpdatedAt}, which hold times from {Read(range.Least):u} to {Read(range.Most):u} on this kind of database."
            );
    }

    public static DateTimeOffset Read(long seconds) =>
        seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds()
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new FormatException(
                $"A timestamp in the database is {seconds}, which are no seconds since the Unix epoch up to the year 9999."
            );
}
