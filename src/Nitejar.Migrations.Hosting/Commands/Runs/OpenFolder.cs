using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Hosting.Output;

namespace Nitejar.Migrations.Hosting.Commands.Runs;

/// <summary>Warns of a database that every user of the machine could put another in the place of.</summary>
internal static class OpenFolder
{
    public static void Warn(Terminal terminal, IDatabase database)
    {
        if (
            OperatingSystem.IsWindows()
            || Path.GetDirectoryName(database.File) is not { } folder
            || !Directory.Exists(folder)
        )
        {
            return;
        }

        var mode = File.GetUnixFileMode(folder);
        if (mode.HasFlag(UnixFileMode.OtherWrite) && !mode.HasFlag(UnixFileMode.StickyBit))
        {
            terminal.Warn(
                $"{database.Name} lies in a folder where every user may replace files; take the others' permission to write {folder} away."
            );
        }
    }
}
