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
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
