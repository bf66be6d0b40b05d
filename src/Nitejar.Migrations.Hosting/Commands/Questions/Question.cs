using System.Text;
using Microsoft.Win32.SafeHandles;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Output;

namespace Nitejar.Migrations.Hosting.Commands.Questions;

/// <summary>Things that a question is about.</summary>
/// <param name="Heading">What would happen to them, without a colon.</param>
/// <param name="Items">Each gets a line; a list without any is not shown.</param>
internal sealed record Listing(string Heading, IEnumerable<string> Items);

/// <summary>What a person said.</summary>
internal enum Answer
{
    /// <summary>There is no terminal to ask on.</summary>
    NotAsked,

    /// <summary>It may not be done.</summary>
    No,

    /// <summary>It may be done.</summary>
    Yes,
}

/// <summary>Asks a person on a terminal.</summary>
internal static class Question
{
    /// <summary>The failure of a command to whose question the answer was no.</summary>
    public static RefusedException Declined(string command) =>
        new(
            "The answer was no, so nothing was done.",
            $"Run `{command}` again when you have decided."
        )
        {
            Code = ErrorCode.Declined,
        };

    /// <summary>Whether a person is there to be asked.</summary>
    public static bool CanAsk(Terminal terminal) =>
        !Console.IsInputRedirected && !Console.IsErrorRedirected && !terminal.IsJson;

    /// <summary>Asks.</summary>
    /// <param name="terminal">Where to ask.</param>
    /// <param name="subject">The database that the question is about, and what it is.</param>
    /// <param name="listings">What would happen to which things.</param>
    /// <param name="news">A sentence that comes first; <see langword="null"/> for none.</param>
    public static Answer Ask(
        Terminal terminal,
        string subject,
        IEnumerable<Listing> listings,
        string? news = null
    )
    {
        if (!CanAsk(terminal))
        {
            return Answer.NotAsked;
        }

        if (news is not null)
        {
            // An answer that was typed ahead is not for what is asked now.
            TypedAhead.Discard();
            terminal.Error($"{news}\n");
        }

        terminal.Error($"{subject}\n");
        foreach (var (heading, items) in listings.Where(listing => listing.Items.Any()))
        {
            terminal.Error(
                $"{heading}:\n{string.Concat(items.Select(item => $"  {item.Replace('\n', ' ')}\n"))}"
            );
        }

        terminal.Error("Continue? [y/N] ");
        return ReadLine().Trim().ToLowerInvariant() is "y" or "yes" ? Answer.Yes : Answer.No;
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
