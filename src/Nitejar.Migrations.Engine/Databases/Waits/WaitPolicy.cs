namespace Nitejar.Migrations.Engine.Databases.Waits;

/// <summary>How a wait for something that is not free is done.</summary>
/// <param name="limit">How long it may take; zero does not wait.</param>
/// <param name="pause">How long to wait before the second attempt.</param>
/// <param name="onWait">Called once when the wait begins, with the UTC time at which it ends and who is in the way, where that is known.</param>
internal sealed class WaitPolicy(TimeSpan limit, TimeSpan pause, Action<DateTime, string?> onWait)
{
    /// <summary>How long it may take; zero does not wait.</summary>
    public TimeSpan Limit => limit;

    /// <summary>How long to wait before the second attempt.</summary>
    public TimeSpan Pause => pause;

    /// <summary>Called once when the wait begins, with the UTC time at which it ends and who is in the way, where that is known.</summary>
    public Action<DateTime, string?> OnWait => onWait;

    /// <summary>
    /// The longest pause, up to which each is twice as long as the one before and varies at random, so that two that are
    /// in each other's way do not meet again; <see langword="null"/> where all pauses are the same.
    /// </summary>
    public TimeSpan? LongestPause { get; init; }

    /// <summary>Whether the time begins with the first attempt that is not successful, however long that one has taken; else with the first attempt.</summary>
    public bool BeginsWithFailure { get; init; }
}
