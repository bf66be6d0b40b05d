using System.Text;
using Microsoft.Win32.SafeHandles;
using Nitejar.Migrations.Cli.Output;

namespace Nitejar.Migrations.Cli.Commands.Questions;

/// <summary>Things that a question is about.</summary>
/// <param name="Heading">What would happen to them, without a colon.</param>
/// <param name="Items">Each gets a line; a list without any is not shown.</param>
internal sealed record Listing(string Heading, IEnumerable<string> Items);

/// <summary>Asks a person on a terminal.</summary>
internal static class Question
{
    /// <summary>Whether it may be done. Without a terminal to ask on, no.</summary>
    /// <param name="terminal">Where to ask.</param>
    /// <param name="heading">What would happen to the things below, without a colon.</param>
    /// <param name="items">The things.</param>
    public static bool Ask(Terminal terminal, string heading, IEnumerable<string> items) =>
        Ask(terminal, news: null, [new Listing(heading, items)]);

    /// <summary>Whether it may be done. Without a terminal to ask on, no.</summary>
    /// <param name="terminal">Where to ask.</param>
    /// <param name="news">A sentence that comes first; <see langword="null"/> for none.</param>
    /// <param name="listings">What would happen to which things.</param>
    public static bool Ask(Terminal terminal, string? news, IEnumerable<Listing> listings)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected || terminal.IsJson)
        {
            return false;
        }

        if (news is not null)
        {
            // An answer that was typed ahead is not for what is asked now.
            TypedAhead.Discard();
            terminal.Error($"{news}\n");
        }

        foreach (var (heading, items) in listings.Where(listing => listing.Items.Any()))
        {
            terminal.Error($"{heading}:\n{string.Concat(items.Select(item => $"  {item}\n"))}");
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
