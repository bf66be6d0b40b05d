using System.Globalization;
using System.Text.RegularExpressions;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness.Processes;

/// <summary>A call to the kernel that a run made.</summary>
/// <param name="Name">The call's name.</param>
/// <param name="Number">Which of this name in its thread, from 1; strace counts the same way.</param>
/// <param name="Text">As strace prints it.</param>
internal sealed record TracedCall(string Name, int Number, string Text)
{
    public override string ToString() => $"{Name} {Number}";
}

/// <summary>Sees and disturbs what a run asks of the kernel.</summary>
internal static partial class Tracer
{
    private const string Watched =
        "write,pwrite64,pwritev,fsync,fdatasync,ftruncate,rename,renameat,renameat2,link,linkat,unlink,unlinkat";

    /// <summary>Runs the program and lists its calls on files of the site and on pipes, in their order.</summary>
    public static (CommandResult Result, IReadOnlyList<TracedCall> Calls) Watch(
        Site site,
        params string[] arguments
    )
    {
        var log = site.Outside("trace");
        var result = site.Command(
                [Strace(), "-f", "-qq", "-y", "-s", "64", "-o", log, "-e", $"trace={Watched}"],
                arguments
            )
            .Run();
        return (result, Parse(File.ReadLines(log), site.Folder));
    }

    /// <summary>Runs the program and does something to it at a call: <c>signal=KILL</c>, <c>error=EIO</c>.</summary>
    /// <param name="site">Where.</param>
    /// <param name="call">At which call.</param>
    /// <param name="what">What happens.</param>
    /// <param name="lasting">At each later call of that name too.</param>
    /// <param name="arguments">Of the program.</param>
    public static CommandResult Disturb(
        Site site,
        TracedCall call,
        string what,
        bool lasting,
        params string[] arguments
    ) =>
        site.Command(
                [
                    Strace(),
                    "-f",
                    "-qq",
                    "-o",
                    "/dev/null",
                    "-e",
                    $"trace={call.Name}",
                    "-e",
                    $"inject={call.Name}:{what}:when={call.Number}{(lasting ? "+" : "")}",
                ],
                arguments
            )
            .Run();

    /// <summary>Runs the program and sends it a signal at a call.</summary>
    /// <returns>Also how long it went on after the first signal, by the kernel's own reckoning; zero where it got none.</returns>
    public static (CommandResult Result, TimeSpan After) Interrupt(
        Site site,
        TracedCall call,
        string signal,
        bool again,
        params string[] arguments
    )
    {
        var log = site.Outside("signals");
        string[] wrapper =
        [
            Strace(),
            "-f",
            "-q",
            "-ttt",
            "-o",
            log,
            "-e",
            $"trace={call.Name}",
            "-e",
            $"inject={call.Name}:signal={signal}:when={call.Number}{(again ? "+" : "")}",
        ];
        var result = site.Command(wrapper, arguments).Run();
        var times = File.ReadLines(log)
            .Select(line => Time().Match(line))
            .Where(match => match.Success)
            .SkipWhile(match => match.Groups["event"].Value != $"--- SIG{signal} ")
            .Select(match =>
                double.Parse(match.Groups["time"].ValueSpan, CultureInfo.InvariantCulture)
            )
            .ToArray();
        return (
            result,
            TimeSpan.FromSeconds(times is [var first, .., var last] ? last - first : 0)
        );
    }

    /// <summary>The tracer; without it the test is not run.</summary>
    public static string Strace() => Programs.Require("strace");

    private static List<TracedCall> Parse(IEnumerable<string> lines, string folder)
    {
        var counts = new Dictionary<(string Thread, string Name), int>();
        var calls = new List<TracedCall>();
        foreach (var match in lines.Select(line => Line().Match(line)).Where(m => m.Success))
        {
            var key = (match.Groups["thread"].Value, match.Groups["name"].Value);
            counts[key] = counts.GetValueOrDefault(key) + 1;
            var text = match.Groups["text"].Value;
            if (
                text.Contains(folder, StringComparison.Ordinal)
                || text.Contains("<pipe:", StringComparison.Ordinal)
            )
            {
                calls.Add(new TracedCall(key.Item2, counts[key], text));
            }
        }

        return calls;
    }

    [GeneratedRegex(@"^\d+ +(?<time>\d+\.\d+) (?<event>--- SIG[A-Z]+ )?")]
    private static partial Regex Time();

    [GeneratedRegex(@"^(?<thread>\d+) +(?<text>(?<name>[a-z0-9]+)\(.*)$")]
    private static partial Regex Line();
}
