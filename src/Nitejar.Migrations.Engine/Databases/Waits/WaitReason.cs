namespace Nitejar.Migrations.Engine.Databases.Waits;

/// <summary>Why an attempt has to be made again.</summary>
/// <param name="findHolder">Says who is in the way, where that is known.</param>
/// <param name="toFailure">Makes the error for the end of the time.</param>
internal sealed class WaitReason(Func<string?> findHolder, Func<Exception> toFailure)
{
    /// <summary>Says who is in the way, where that is known; asked once, when the wait begins.</summary>
    public string? FindHolder() => findHolder();

    /// <summary>Makes the error for the end of the time.</summary>
    public Exception ToFailure() => toFailure();
}
