using Nitejar.Migrations.Cli.Output;
using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary>Asks a person on a terminal.</summary>
internal static class Question
{
    /// <summary>Whether the rows may go. Without a terminal to ask on, no.</summary>
    public static bool Ask(Terminal terminal, DataLossRefusedException refused) =>
        Ask(
            terminal,
            $"This takes away:\n{string.Concat(refused.Losses.Select(loss => $"  {loss}\n"))}"
        );

    /// <summary>Whether what is said may be done. Without a terminal to ask on, no.</summary>
    public static bool Ask(Terminal terminal, string what)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected || terminal.IsJson)
        {
            return false;
        }

        terminal.Error(what + "Go on? [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
