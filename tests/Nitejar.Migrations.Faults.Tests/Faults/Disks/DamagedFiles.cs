using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Disks;

/// <summary>
/// A database that is damaged, or none: no crash, no hang, no change by a run that does not succeed, and no success
/// that is none.
/// </summary>
public sealed class DamagedFiles : FaultTests
{
    private static readonly SampleSize Mutations = new(40, 500, 20_000);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly string[][] Commands =
    [
        ["status"],
        ["up"],
        ["down", "--to", Samples.Core, "--yes"],
        ["history"],
        ["schema"],
    ];

    private static readonly Dictionary<string, Action<Site>> Strange = new()
    {
        ["0 bytes"] = site => File.WriteAllBytes(site.Database, []),
        ["1 byte"] = site => File.WriteAllBytes(site.Database, [83]),
        ["text"] = site => File.WriteAllText(site.Database, new string('x', 3000)),
        ["header alone"] = site =>
            File.WriteAllBytes(site.Database, Samples.WithBoth(JournalMode.Delete)[..100]),
        ["directory"] = site => Directory.CreateDirectory(site.Database),
        ["pipe"] = site => Call(site, "mkfifo", site.Database),
        ["socket"] = Listen,
        ["link to /dev/zero"] = site => File.CreateSymbolicLink(site.Database, "/dev/zero"),
        ["link to /dev/null"] = site => File.CreateSymbolicLink(site.Database, "/dev/null"),
        ["link to itself"] = site => File.CreateSymbolicLink(site.Database, "x.db"),
        ["link to a directory"] = site => File.CreateSymbolicLink(site.Database, "/tmp"),
    };

    private static readonly List<Socket> Sockets = [];

    private static IEnumerable<string> StrangeNames => Strange.Keys;

    [Test]
    public void Mutations_of_a_database() => CheckMutations(Rig);

    [Test]
    public void An_index_that_lacks_a_row([Values] JournalMode mode) => CheckIndex(Rig, mode);

    [TearDown]
    public void CloseSockets()
    {
        Sockets.ForEach(socket => socket.Dispose());
        Sockets.Clear();
    }

    [TestCaseSource(nameof(StrangeNames))]
    public void Something_that_is_no_database(string name) => CheckStrange(Rig, name);

    internal static void CheckMutations(Rig rig)
    {
        var counts = new int[256];
        Rig.Each(
            Enumerable.Range(0, rig.Choose(Mutations)),
            number =>
            {
                var random = rig.RandomFor(number);
                var mode = random.Next(2) == 0 ? JournalMode.Delete : JournalMode.Wal;
                var whole = random.Next(2) == 0 ? Samples.WithBoth(mode) : Samples.WithCore(mode);
                var damaged = Mutation.Of(whole, random);
                foreach (var command in Commands[..3])
                {
                    using var site = rig.NewSite();
                    site.Place(damaged);
                    var result = Run(site, command);
                    Interlocked.Increment(ref counts[result.ExitCode]);
                    RequireTruth(site, damaged, command[0], result);
                }
            }
        );
        TestContext.Out.WriteLine(
            $"exit codes: {string.Join(", ", counts.Index().Where(c => c.Item > 0).Select(c => $"{c.Index}: {c.Item}"))}"
        );
        Require.That(counts[7] > rig.Choose(Mutations) / 4, "the mutations hardly do any damage");
    }

    internal static void CheckStrange(Rig rig, string name)
    {
        foreach (var command in Commands)
        {
            using var site = rig.NewSite();
            Strange[name](site);
            var before = Describe(site);

            Run(site, command).RequireExit(7);

            Require.Same(Describe(site), before, $"the folder after {command[0]}");
        }
    }

    /// <summary>The row is read and cannot be deleted: a Down must not take its word for it.</summary>
    internal static void CheckIndex(Rig rig, JournalMode mode)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithBoth(mode));
        site.Execute(
            """
            DROP INDEX UC_Version;
            CREATE UNIQUE INDEX UC_Version ON VersionInfo (Version) WHERE Version < 0;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = 'CREATE UNIQUE INDEX UC_Version ON VersionInfo (Version)' WHERE name = 'UC_Version';
            """
        );
        var before = File.ReadAllBytes(site.Database);

        // The backup before the run finds it, and so does the run itself.
        foreach (
            var option in (string[][])
                [
                    [],
                    ["--no-backup"],
                ]
        )
        {
            site.Run(["down", "-c", "x.db", "--yes", .. option]).RequireExit(7);

            Require.That(
                before.SequenceEqual(File.ReadAllBytes(site.Database)),
                "the file was changed"
            );
        }
    }

    private static CommandResult Run(Site site, string[] command) =>
        site.RunWithin(Limit, [.. command, "-c", "x.db"]).RequireExit(0, 1, 2, 4, 6, 7);

    private static void RequireTruth(Site site, byte[] before, string command, CommandResult result)
    {
        if (result.ExitCode != 0)
        {
            Require.That(
                File.ReadAllBytes(site.Database).AsSpan().SequenceEqual(before),
                $"the file was changed: {result}"
            );
        }
        else if (command == "status")
        {
            var applied = ReadVersions(site, result).Count;
            Require.That(
                result.Output.Contains($"{applied} applied", StringComparison.Ordinal),
                $"{applied} are applied: {result}"
            );
        }
        else
        {
            Require.That(
                ReadVersions(site, result).Contains(Samples.Github) == (command == "up"),
                $"that is not so: {result}"
            );
        }
    }

    /// <summary>As another application reads it.</summary>
    private static IReadOnlyList<string> ReadVersions(Site site, CommandResult result)
    {
        try
        {
            using var connection = site.Open();
            return
                connection.Read("SELECT count(*) FROM pragma_table_info('VersionInfo')")[0] == "0"
                ? []
                : connection.Read("SELECT Version FROM VersionInfo ORDER BY rowid");
        }
        catch (SqliteException e)
        {
            throw new FaultFound($"{e.Message}, but {result}");
        }
    }

    private static string Describe(Site site) =>
        string.Join(
            '\n',
            site.Files.Select(file => $"{file} {ContentOf(new FileInfo(site[file]))}")
        );

    /// <summary>Pipes and devices are not read, which might never end.</summary>
    private static string ContentOf(FileInfo file) =>
        file.LinkTarget
        ?? (
            file is { Exists: true, Length: > 0 }
                ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.FullName)))
                : $"{file.UnixFileMode}"
        );

    /// <summary>Stays open: closing it would remove it. The kernel takes short paths only, so it gets a relative one.</summary>
    private static void Listen(Site site)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Sockets.Add(socket);
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(site.Folder);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(Path.GetFileName(site.Database)));
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private static void Call(Site site, string program, params string[] arguments) =>
        new Command(Programs.Require(program), site.Folder, arguments).Run().Exits(0);
}
