namespace Nitejar.Tests;

/// <summary>For tests that need a tool which this machine lacks: at home they say so, in CI that is a failure.</summary>
internal static class NotRun
{
    public static void Because(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"not run: {reason}. CI has to have what every test needs.");
        }

        Assert.Ignore($"not run: {reason}");
    }
}
