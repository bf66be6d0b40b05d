namespace Nitejar.Migrations.Engine.Databases.Waits;

/// <summary>Why an attempt has to be made again.</summary>
/// <param name="FindHolder">Says who is in the way, where that is known; asked once, when the wait begins.</param>
/// <param name="ToFailure">Makes the error for the end of the time.</param>
internal sealed record WaitReason(Func<string?> FindHolder, Func<Exception> ToFailure);
