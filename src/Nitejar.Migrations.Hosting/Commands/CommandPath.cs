using System.CommandLine;
using System.CommandLine.Parsing;

namespace Nitejar.Migrations.Hosting.Commands;

/// <summary>What a command is called, with those above it.</summary>
internal static class CommandPath
{
    /// <summary>Returns the names without the program's, with a blank between them: <c>script up</c>; empty for the program.</summary>
    public static string Of(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (
            SymbolResult? result = parsed.CommandResult;
            result is CommandResult { Command: not RootCommand } command;
            result = result.Parent
        )
        {
            names.Push(command.Command.Name);
        }

        return string.Join(' ', names);
    }
}
