using Nitejar.Migrations.Cli.Output;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary>Asks a person on a terminal.</summary>
internal static class Question
{
    /// <summary>Whether it may be done. Without a terminal to ask on, no.</summary>
    /// <param name="terminal">Where to ask.</param>
    /// <param name="heading">What would happen to the things below.</param>
    /// <param name="items">The things.</param>
    public static bool Ask(Terminal terminal, string heading, IEnumerable<string> items)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected || terminal.IsJson)
        {
            return false;
        }

        terminal.Error($"{heading}\n");
        foreach (var item in items)
        {
            terminal.Error($"  {item}\n");
        }

        terminal.Error("Go on? [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
