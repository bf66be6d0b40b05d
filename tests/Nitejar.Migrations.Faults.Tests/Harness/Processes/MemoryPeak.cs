using System.Globalization;
using System.Text.RegularExpressions;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness.Processes;

/// <summary>Tells how much memory the program needs.</summary>
/// <param name="site">Where the watcher is built.</param>
internal sealed partial class MemoryPeak(Site site)
{
    private readonly string _watcher = Native.Build(site, "peak");

    /// <summary>The most memory that the program ever had, as the kernel kept it, in bytes.</summary>
    public long Of(Site at, params string[] arguments)
    {
        var run = at.Command([_watcher], arguments, TimeSpan.FromMinutes(5)).Run().RequireExit(0);
        var peak = Peak().Match(run.Error).Groups["kib"];
        Require.That(peak.Success, $"the program's memory was not seen: {run}");
        return long.Parse(peak.ValueSpan, CultureInfo.InvariantCulture) * 1024;
    }

    [GeneratedRegex(@"^peak: (?<kib>\d+) KiB$", RegexOptions.Multiline)]
    private static partial Regex Peak();
}
