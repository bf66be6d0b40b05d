using System.Text.RegularExpressions;

namespace Nitejar.Migrations.Faults.Tests.Harness;

/// <summary>
/// What a power cut would take: bytes that were written and not yet flushed. A file must be flushed before something
/// else makes it count.
/// </summary>
internal sealed partial class Durability
{
    private readonly HashSet<string> _dirtyFiles = [];
    private readonly HashSet<string> _dirtyFolders = [];

    /// <summary>Goes through the calls of a run that succeeded.</summary>
    public static void Require(IEnumerable<TracedCall> calls)
    {
        var state = new Durability();
        foreach (
            var call in calls.Where(call => !call.Text.Contains("= -1 ", StringComparison.Ordinal))
        )
        {
            state.Apply(call);
        }
    }

    private void Apply(TracedCall call)
    {
        var paths = Paths().Matches(call.Text).Select(m => m.Groups["path"].Value).ToArray();
        switch (call.Name)
        {
            case "write" when call.Text.Contains("\"takes away:", StringComparison.Ordinal):
                // What is said on the way claims nothing.
                break;
            case "write" when call.Text.Contains("<pipe:", StringComparison.Ordinal):
                RequireClean(_dirtyFiles, "something was reported");
                RequireClean(_dirtyFolders, "something was reported");
                break;
            case "write" or "pwrite64" or "pwritev" or "ftruncate":
                RequireLogBefore(paths[0]);
                _dirtyFiles.Add(paths[0]);
                break;
            case "fsync" or "fdatasync":
                _dirtyFiles.Remove(paths[0]);
                _dirtyFolders.Remove(paths[0]);
                break;
            case "link" or "rename" or "linkat" or "renameat" or "renameat2":
                RequireClean([.. _dirtyFiles.Where(f => f == paths[0])], $"it became {paths[^1]}");
                _dirtyFolders.Add(Path.GetDirectoryName(paths[^1])!);
                break;
            case "unlink" or "unlinkat":
                RequireDatabaseBefore(paths[0]);
                _dirtyFiles.Remove(paths[0]);
                break;
        }
    }

    /// <summary>A page is overwritten only when the journal or the log that can bring it back is safe.</summary>
    private void RequireLogBefore(string file)
    {
        if (IsDatabase(file))
        {
            RequireClean(
                [.. _dirtyFiles.Where(f => f.StartsWith(file + "-", StringComparison.Ordinal))],
                $"{file} was overwritten"
            );
        }
    }

    /// <summary>A journal or a log goes only when the pages are safe.</summary>
    private void RequireDatabaseBefore(string file)
    {
        if (Log().Match(file) is { Success: true } log)
        {
            RequireClean(
                [.. _dirtyFiles.Where(f => f == log.Groups["database"].Value)],
                $"{file} was deleted"
            );
        }
    }

    private static bool IsDatabase(string file) => file.EndsWith(".db", StringComparison.Ordinal);

    /// <summary>SQLite keeps no data in shared memory.</summary>
    private static void RequireClean(IReadOnlyCollection<string> dirty, string before)
    {
        if (dirty.FirstOrDefault(f => !f.EndsWith("-shm", StringComparison.Ordinal)) is { } file)
        {
            throw new FaultFound($"{file} was not flushed (fsync) before {before}");
        }
    }

    [GeneratedRegex("""[<"](?<path>/[^">]*)[">]""")]
    private static partial Regex Paths();

    [GeneratedRegex("^(?<database>.*)-(journal|wal)$")]
    private static partial Regex Log();
}
