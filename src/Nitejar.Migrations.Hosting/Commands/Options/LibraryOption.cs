using System.CommandLine;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Options;

/// <summary><c>--assembly</c>, which every command of a program has that can read libraries.</summary>
internal static class LibraryOption
{
    private const string Name = "--assembly";

    /// <summary>Adds it to the root and all that is below it, where the program can read libraries.</summary>
    public static void AddTo(RootCommand root, HostedProgram program)
    {
        if (program.Libraries is null)
        {
            return;
        }

        var option = new Option<string[]>(Name)
        {
            Description =
                "Library whose migrations are meant instead of the program's own (may be repeated)",
            HelpName = "FILE",
            Recursive = true,
        };
        option.Validators.Add(result => SharedOptions.RequireFileName(result, Name));
        root.Add(option);
    }

    /// <summary>Tells the command which libraries were named, if any. A command line that is wrong names none.</summary>
    public static void Apply(ParseResult parsed, CommandContext context)
    {
        if (
            context.Program.Libraries is not null
            && parsed.Errors.Count == 0
            && parsed.GetValue<string[]>(Name) is { Length: > 0 } files
        )
        {
            context.UseLibraries(files);
        }
    }
}
