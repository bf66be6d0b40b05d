using System.Text.RegularExpressions;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Security;

/// <summary>
/// What the program opens of a database: the kernel drops all locks of a process on a file when the process closes any
/// descriptor of it, so that none is closed while SQLite has a lock; and a database never gets the number of a closed
/// standard stream, into which messages are written.
/// </summary>
public sealed partial class DatabaseDescriptors : FaultTests
{
    /// <summary>Of a command that was only to show something, where stdout is closed.</summary>
    private const int LostAnswer = 2;

    private static readonly string[][] Commands =
    [
        ["status", "-c", "x.db"],
        ["down", "-c", "x.db", "--yes"],
        ["up", "-c", "x.db"],
        ["redo", "-c", "x.db", "--yes"],
        ["backup", "-c", "x.db", "--to", "out.db"],
        ["restore", "out.db", "-c", "x.db", "--yes"],
        ["schema", "-c", "x.db"],
    ];

    [Test]
    public void No_descriptor_is_closed_under_a_lock([Values] JournalMode mode) =>
        CheckLocks(Rig, mode);

    [Test]
    public void Closed_streams_are_not_replaced_by_the_database([Values] JournalMode mode) =>
        CheckStreams(Rig, mode);

    internal static void CheckLocks(Rig rig, JournalMode mode)
    {
        using var site = NewSite(rig, mode);
        foreach (var command in Commands)
        {
            var isLocked = false;
            var locks = 0;
            foreach (var line in Trace(site, [], command))
            {
                if (Lock().Match(line) is { Success: true } found)
                {
                    isLocked = !found.Groups["release"].Success;
                    locks += isLocked ? 1 : 0;
                }

                Require.That(
                    !isLocked || !Close().IsMatch(line),
                    $"{command[0]} drops its lock: {line}"
                );
            }

            Require.That(locks > 0, $"the trace of {command[0]} shows no lock");
        }
    }

    internal static void CheckStreams(Rig rig, JournalMode mode)
    {
        using var site = NewSite(rig, mode);
        string[] closed = [Programs.Require("sh"), "-c", "exec \"$@\" <&- >&- 2>&-", "sh"];
        foreach (var command in Commands)
        {
            var opened = Trace(site, closed, command).Where(line => Open().IsMatch(line)).ToArray();
            Require.That(opened.Length > 0, $"the trace of {command[0]} shows no database");
            foreach (var line in opened)
            {
                var number = int.Parse(Open().Match(line).Groups["number"].ValueSpan, null);
                Require.That(number > 2, $"{command[0]} opens it as a standard stream: {line}");
            }
        }

        DatabaseImage.RequireSound(site.Database);
    }

    private static Site NewSite(Rig rig, JournalMode mode)
    {
        var site = rig.NewSite();
        site.Place(Samples.WithBoth(mode));
        return site;
    }

    private static string[] Trace(Site site, string[] shell, string[] command)
    {
        var log = site.Outside("trace");
        site.Command(
                [
                    Tracer.Strace(),
                    "-f",
                    "-qq",
                    "-y",
                    "-o",
                    log,
                    "-e",
                    "trace=open,openat,close,fcntl,dup,dup2,dup3",
                    .. shell,
                ],
                command
            )
            .Run()
            .RequireExit(0, LostAnswer);
        return File.ReadAllLines(log);
    }

    [GeneratedRegex(
        @"fcntl\(\d+<[^>]*/x\.db>, F_SETLKW?, \{l_type=F_(?:(?<release>UNLCK), l_whence=SEEK_SET, l_start=0, l_len=0|(?:RD|WR)LCK).* = 0$"
    )]
    private static partial Regex Lock();

    [GeneratedRegex(@"close\(\d+<[^>]*/x\.db>\)")]
    private static partial Regex Close();

    [GeneratedRegex(@"open(?:at)?\(.*/x\.db(?:-wal|-journal|-shm)?"".* = (?<number>\d+)")]
    private static partial Regex Open();
}
