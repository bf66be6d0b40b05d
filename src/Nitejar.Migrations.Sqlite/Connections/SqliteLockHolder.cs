using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Sqlite.Connections;

/// <summary>
/// Finds out who keeps a database from this process. Linux lists every lock in <c>/proc/locks</c>; asking there leaves
/// the database file alone, whose locks this process would drop by closing a descriptor of it.
/// </summary>
internal static class SqliteLockHolder
{
    // Where SQLite puts its locks: https://sqlite.org/fileformat2.html#wal_locks and its file os.h.
    private const long Pending = 0x40000000;
    private const long FirstShared = Pending + 2;
    private const long LastShared = FirstShared + 509;
    private const long WriteAheadLogWriter = 120;

    /// <summary>As <c>process 1234 (node)</c>; <see langword="null"/> where it cannot be known.</summary>
    /// <param name="path">The database file itself, not a link to it.</param>
    public static string? Find(string path) => Describe(path, Holders);

    /// <summary>As <see cref="Find"/>, of a process that is in the way of one that wants the database for itself: readers too.</summary>
    public static string? FindUser(string path) => Describe(path, Users);

    private static string? Describe(string path, Func<string, FileLock[], int[]> select)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return Describe(select(path, [.. FileLock.All()]));
        }
        catch (Exception)
        {
            // It is only for people to know; a wait or a timeout is not to fail for it.
            return null;
        }
    }

    private static int[] Holders(string path, FileLock[] locks)
    {
        var database = new LockedFile(path, locks);
        var log = new LockedFile(path + "-shm", locks);
        var writers = log.Writers(WriteAheadLogWriter, WriteAheadLogWriter);
        if (writers.Length == 0)
        {
            writers = database.Writers(Pending, LastShared);
        }

        // Readers are in the way of a commit only, for which this process holds a lock itself.
        return writers.Length == 0 && database.IsWrittenByThisProcess
            ? database.Readers(FirstShared, LastShared)
            : writers;
    }

    private static int[] Users(string path, FileLock[] locks)
    {
        // In WAL mode, each process that has the database open holds a reader's lock on it.
        var database = new LockedFile(path, locks);
        return
        [
            .. database
                .Writers(Pending, LastShared)
                .Union(database.Readers(FirstShared, LastShared)),
        ];
    }

    private static string? Describe(int[] processes) =>
        processes switch
        {
            [] => null,
            [var one] => Describe(one),
            _ => $"{Describe(processes[0])} and {processes.Length - 1} more",
        };

    private static string Describe(int process)
    {
        try
        {
            var name = File.ReadAllText($"/proc/{process}/comm").TrimEnd('\n');
            return $"process {process} ({Printable(name)})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"process {process}";
        }
    }

    /// <summary>A process names itself as it likes.</summary>
    private static string Printable(string name) =>
        string.Concat(name.Select(c => c is >= ' ' and <= '~' ? c : '?'));

    /// <summary>A lock that a process holds on a range of bytes.</summary>
    private sealed record FileLock(
        int Process,
        bool IsWrite,
        string Device,
        ulong Inode,
        long First,
        long Last
    )
    {
        public static IEnumerable<FileLock> All() =>
            File.ReadLines("/proc/locks").Select(Parse).OfType<FileLock>();

        /// <summary>A line is <c>1: POSIX ADVISORY WRITE 3568 fd:00:2531452 0 EOF</c>; with an arrow it is one who waits.</summary>
        private static FileLock? Parse(string line)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields is not [_, "POSIX", _, var kind, var process, var file, var first, var last])
            {
                return null;
            }

            var colon = file.LastIndexOf(':');
            return new FileLock(
                int.Parse(process, CultureInfo.InvariantCulture),
                kind == "WRITE",
                file[..colon],
                ulong.Parse(file.AsSpan(colon + 1), CultureInfo.InvariantCulture),
                long.Parse(first, CultureInfo.InvariantCulture),
                last == "EOF" ? long.MaxValue : long.Parse(last, CultureInfo.InvariantCulture)
            );
        }
    }

    /// <summary>A file and the locks on it.</summary>
    private sealed class LockedFile(string path, FileLock[] locks)
    {
        private readonly FileStatus? _status = FileStatus.Of(path);

        public bool IsWrittenByThisProcess =>
            locks.Any(held => held.Process == Environment.ProcessId && held.IsWrite && IsOn(held));

        public int[] Writers(long first, long last) => Others(isWrite: true, first, last);

        public int[] Readers(long first, long last) => Others(isWrite: false, first, last);

        private int[] Others(bool isWrite, long first, long last) =>
            [
                .. locks
                    .Where(held =>
                        held.Process != Environment.ProcessId
                        && held.IsWrite == isWrite
                        && held.First <= last
                        && held.Last >= first
                        && IsOn(held)
                    )
                    .Select(held => held.Process)
                    .Distinct(),
            ];

        private bool IsOn(FileLock held) =>
            _status is not null
            && held.Inode == _status.Inode
            && (held.Device == Device(_status) || IsOpenIn(held.Process));

        private static string Device(FileStatus status) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{status.Device.Major:x2}:{status.Device.Minor:x2}"
            );

        /// <summary>Some file systems (btrfs, overlays) tell programs other device numbers than the kernel's list has.</summary>
        private bool IsOpenIn(int process) =>
            Directory
                .EnumerateFiles($"/proc/{process}/fd")
                .Any(descriptor => FileStatus.Of(descriptor)?.IsSameFile(_status!) == true);
    }
}
