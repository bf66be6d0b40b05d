using System.Diagnostics;

namespace Nitejar.Tests;

/// <summary>A program with its arguments, before it is started.</summary>
internal sealed class Command(string program, string folder, params string[] arguments)
{
    /// <summary>All of the environment, unless <see cref="InheritsEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } =
        new Dictionary<string, string>();

    /// <summary>Whether this process's environment is passed on.</summary>
    public bool InheritsEnvironment { get; init; }

    /// <summary>What the program reads; null when somebody will <see cref="RunningCommand.Type"/>.</summary>
    public string? Input { get; init; } = "";

    /// <summary>How long the program may take; no test may hang.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Starts it and waits for its end.</summary>
    public CommandResult Run()
    {
        using var running = Start();
        return running.WaitForEnd();
    }

    /// <summary>Starts it.</summary>
    public RunningCommand Start()
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!InheritsEnvironment)
        {
            start.Environment.Clear();
        }

        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return new RunningCommand(start, Input, Timeout);
    }
}
