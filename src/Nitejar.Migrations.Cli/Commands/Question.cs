using System.Text;
using Microsoft.Win32.SafeHandles;
using Nitejar.Migrations.Cli.Output;
using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary>Asks a person on a terminal.</summary>
internal static class Question
{
    /// <summary>Whether the rows may go. Without a terminal to ask on, no.</summary>
    public static bool Ask(Terminal terminal, DataLossRefusedException refused)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected || terminal.IsJson)
        {
            return false;
        }

        terminal.Error("This takes away:\n");
        foreach (var loss in refused.Losses)
        {
            terminal.Error($"  {loss}\n");
        }

        terminal.Error("Go on? [y/N] ");
        return ReadLine().Trim().ToLowerInvariant() is "y" or "yes";
    }

    /// <summary>As the terminal gives it. The console class would switch off its echo, and leave it so when a signal ends the program here.</summary>
    private static string ReadLine()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.ReadLine() ?? "";
        }

        using var handle = new SafeFileHandle(0, ownsHandle: false);
        using var input = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        var line = new StringBuilder();
        while (input.ReadByte() is var read and not -1 and not '\n')
        {
            line.Append((char)read);
        }

        return line.ToString();
    }
}
