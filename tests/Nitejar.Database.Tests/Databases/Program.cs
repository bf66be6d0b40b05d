using System.Diagnostics;

namespace Nitejar.Database.Tests.Databases;

/// <summary>Runs a program to its end.</summary>
internal static class Program
{
    public static void Run(string program, params string[] arguments) =>
        Run(new ProcessStartInfo(program, arguments), input: "");

    /// <returns>What it printed.</returns>
    public static string Run(ProcessStartInfo start, string input)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        // Another user may not see the folder of the tests.
        start.WorkingDirectory = "/";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{start.FileName}: {output}{errors.Result}");
        return output;
    }
}
