namespace Nitejar.Tests;

/// <summary>What a program left.</summary>
/// <param name="CommandLine">How it was called.</param>
/// <param name="ExitCode">128 plus the signal's number where one killed it.</param>
/// <param name="Output">All of stdout.</param>
/// <param name="Error">All of stderr.</param>
internal sealed record CommandResult(string CommandLine, int ExitCode, string Output, string Error)
{
    /// <summary>Asserts the exit code and goes on with the result.</summary>
    public CommandResult Exits(int code)
    {
        Assert.That(ExitCode, Is.EqualTo(code), ToString());
        return this;
    }

    /// <summary>Everything, for a failed assertion.</summary>
    public override string ToString() =>
        $"`{CommandLine}` ended with {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}";
}
