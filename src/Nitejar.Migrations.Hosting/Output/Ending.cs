using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>How a command ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Failure">Why it did not succeed; <see langword="null"/> where it did, or where only a check was not met.</param>
/// <param name="State">The state of the database, where it is not the one that the failure implies; else <see langword="null"/>.</param>
internal sealed record Ending(ExitCode Code, Exception? Failure = null, string? State = null)
{
    /// <summary>It did what it was asked.</summary>
    public static Ending Success { get; } = new(ExitCode.Success);

    /// <summary>Success where there is no failure.</summary>
    public static Ending Of(Exception? failure, string? state = null) =>
        failure is null ? Success : new Ending(ExitCodes.Of(failure), failure, state);
}
