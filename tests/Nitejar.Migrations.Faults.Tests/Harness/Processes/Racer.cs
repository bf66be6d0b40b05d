using System.Globalization;
using System.Text.RegularExpressions;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness.Processes;

/// <summary>When a file is exchanged for a symbolic link.</summary>
/// <param name="Call">Before which call of the program that takes a name, from 1.</param>
/// <param name="Return">Before which call after that one it is put back; 0 for never.</param>
internal sealed record Swap(int Call, int Return)
{
    public override string ToString() => $"call {Call}, back before {Return}";
}

/// <summary>Another user, who owns the working directory and exchanges a file there while root's program runs.</summary>
/// <param name="program">Built from racer.c.</param>
/// <param name="pattern">What the name of the file is like.</param>
/// <param name="from">The end of the name with which calls begin to count; empty for all.</param>
internal sealed partial class Racer(string program, string pattern, string from)
{
    /// <summary>Of racer.c as well.</summary>
    private const string User = "65534";

    private const UnixFileMode ForEverybody =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    /// <summary>Compiles it beside a site's working directory.</summary>
    public static Racer Build(Site site, string pattern, string from) =>
        new(Native.Build(site, "racer"), pattern, from);

    /// <summary>Makes the user the owner of an entry below the site, and lets that user get there.</summary>
    public static void Give(Site site, string path)
    {
        File.SetUnixFileMode(Path.GetDirectoryName(site.Folder)!, ForEverybody);
        new Command(Programs.Require("chown"), "/", "--no-dereference", $"{User}:{User}", path)
            .Run()
            .Exits(0);
    }

    /// <summary>How many calls there are before which the file could be exchanged.</summary>
    public int CountCalls(Site site, params string[] arguments)
    {
        var result = Run(site, new Swap(0, 0), site.Outside("nothing"), arguments).RequireExit(0);
        return int.Parse(
            LastLine().Match(result.Error).Groups["calls"].ValueSpan,
            CultureInfo.InvariantCulture
        );
    }

    /// <summary>Runs the program against it.</summary>
    /// <param name="site">Its working directory is the user's.</param>
    /// <param name="swap">When.</param>
    /// <param name="target">Where the link leads.</param>
    /// <param name="arguments">Of the program.</param>
    public CommandResult Run(Site site, Swap swap, string target, params string[] arguments)
    {
        var (call, back) = (
            swap.Call.ToString(CultureInfo.InvariantCulture),
            swap.Return.ToString(CultureInfo.InvariantCulture)
        );
        var result = site.Command(
                [program, call, back, from, site.Folder, pattern, target],
                arguments
            )
            .Run();
        Require.That(
            LastLine().IsMatch(result.Error),
            $"the racer did not come to its end: {result}"
        );
        return result;
    }

    [GeneratedRegex(@"^(?<calls>\d+) calls, \d+ swaps$", RegexOptions.Multiline)]
    private static partial Regex LastLine();
}
