using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Security;

/// <summary>
/// Another user owns the folder that root works in, and puts symbolic links in the place of root's files: at every call
/// that takes a name, for good or only for some calls. Nothing outside the folder is written, made or given a mode, and
/// what is reported as done is the program's own file.
/// </summary>
public sealed class ExchangedFiles : FaultTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly SampleSize Swaps = new(16, 60, int.MaxValue);

    /// <summary>What is exchanged: the file that the program makes, wherever that has a temporary name.</summary>
    private const string NewFile = "*.new-????????";

    /// <summary>Before which call after the exchange the file is put back; 0 for never.</summary>
    private static readonly int[] Returns = [0, 1, 2, 3, 4, 8];

    private static readonly Work[] Works =
    [
        new("backup", NewFile, _ => ["backup", "-c", "x.db"])
        {
            RequireWhole = (site, _) => RequireBackup(BackupIn(site)),
        },
        new("backup --to", NewFile, _ => ["backup", "-c", "x.db", "--to", "out.db"])
        {
            RequireWhole = (site, _) => RequireBackup(site["out.db"]),
        },
        new("down", NewFile, _ => ["down", "-c", "x.db", "--yes"])
        {
            RequireWhole = (site, _) => RequireBackup(BackupIn(site)),
        },
        new("restore", NewFile, Damage) { RequireWhole = (site, _) => RequireRestored(site) },
        new("restore over a damaged database", "x.db", Damage) { From = "kept.db" },
        new(
            "restore over a sound database",
            "x.db",
            site => ["restore", site.Outside("kept.db"), "-c", "x.db", "--yes"]
        )
        {
            From = "kept.db",
        },
        new("receipt", NewFile, NameReceipt) { RequireWhole = RequireReceipt },
        new("new database", NewFile, RemoveDatabase)
        {
            RequireWhole = (site, _) =>
                RequireFile(site.Database, ForeignFolder.User, DatabaseImage.RequireSound),
        },
    ];

    private static IEnumerable<string> WorkNames => Works.Select(work => work.Name);

    [TestCaseSource(nameof(WorkNames))]
    public void Nothing_outside_the_folder_is_touched(string work) => Check(Rig, work);

    internal static void Check(Rig rig, string name) =>
        Check(rig, name, calls => rig.Sample(Exchanges(calls), Swaps));

    /// <summary>For work of few calls: every exchange before each of them.</summary>
    internal static void CheckAll(Rig rig, string name) => Check(rig, name, Exchanges);

    private static (Swap Swap, string Target)[] Exchanges(IEnumerable<int> calls) =>
        [
            .. from call in calls
            from back in Returns
            from target in Targets.Keys
            select (new Swap(call, back), target),
        ];

    /// <summary>For a mistake that two or three calls show: an exchange for good before each of them, the last ones first, which give the file its name and owner.</summary>
    internal static void CheckEveryCall(Rig rig, string name) =>
        Check(
            rig,
            name,
            calls => [.. calls.Reverse().Select(call => (new Swap(call, 0), "a database"))]
        );

    private static void Check(
        Rig rig,
        string name,
        Func<IEnumerable<int>, IReadOnlyList<(Swap Swap, string Target)>> choose
    )
    {
        var work = Works.Single(one => one.Name == name);
        using var watched = ForeignFolder.NewSite(rig);
        var racer = Racer.Build(watched, work.Pattern, work.From);
        var calls = racer.CountCalls(watched, work.Arrange(watched));
        Require.That(calls > 0, "the program made no file");

        Rig.Each(
            choose(Enumerable.Range(1, calls)),
            one =>
            {
                using var site = ForeignFolder.NewSite(rig);
                var arguments = work.Arrange(site);
                Targets[one.Target](site);
                var before = ForeignFolder.Outside(site);

                var result = racer
                    .Run(site, one.Swap, ForeignFolder.Precious(site), arguments)
                    .RequireExit(0, 7);

                Require.Same(ForeignFolder.Outside(site), before, "what is outside the folder");
                if (result.ExitCode == 0)
                {
                    work.RequireWhole(site, result);
                }
            }
        );
    }

    /// <summary>What the links lead to.</summary>
    private static readonly Dictionary<string, Action<Site>> Targets = new()
    {
        ["a database"] = site => MakePrecious(site, Samples.WithSecondReverted(JournalMode.Delete)),
        ["an empty file"] = site => MakePrecious(site, []),
        ["nothing"] = _ => { },
    };

    private static void MakePrecious(Site site, byte[] content)
    {
        File.WriteAllBytes(ForeignFolder.Precious(site), content);
        File.SetUnixFileMode(ForeignFolder.Precious(site), OwnerOnly);
    }

    private static string[] Damage(Site site)
    {
        File.WriteAllBytes(site.Database, Samples.WithBoth(JournalMode.Delete)[..5000]);
        File.SetUnixFileMode(
            site.Database,
            UnixFileMode.SetUser | OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.OtherRead
        );
        return ["restore", site.Outside("kept.db"), "-c", "x.db", "--yes"];
    }

    private static string[] NameReceipt(Site site)
    {
        site.Variables["MIGRATION_RECEIPT_PATH"] = site["out.json"];
        return ["up", "-c", "x.db"];
    }

    private static string[] RemoveDatabase(Site site)
    {
        File.Delete(site.Database);
        return ["up", "-c", "x.db"];
    }

    private static string BackupIn(Site site) =>
        site[
            site.Files.SingleOrDefault(file => file.EndsWith(".backup", StringComparison.Ordinal))
                ?? throw new FaultFound("the backup that was reported is gone")
        ];

    private static void RequireBackup(string path) =>
        RequireOwn(
            path,
            file =>
            {
                using var connection = Sql.OpenUnchanging(file);
                Require.Same(
                    string.Join(' ', connection.Read("SELECT id FROM agents ORDER BY id")),
                    "a1 a2",
                    "the backup"
                );
            }
        );

    private static void RequireRestored(Site site) =>
        RequireFile(
            site.Database,
            ForeignFolder.User,
            file =>
            {
                DatabaseImage.RequireSound(file);
                var mode = File.GetUnixFileMode(file);
                Require.That(mode == (OwnerOnly | UnixFileMode.OtherRead), $"the mode is {mode}");
            }
        );

    /// <summary>A receipt that could not be written is a warning, since the run has succeeded.</summary>
    private static void RequireReceipt(Site site, CommandResult result)
    {
        if (!result.Error.Contains("receipt", StringComparison.Ordinal))
        {
            RequireOwn(
                site["out.json"],
                file => Require.That(new FileInfo(file).Length > 0, "the receipt is empty")
            );
        }
    }

    private static void RequireOwn(string path, Action<string> requireWhole) =>
        RequireFile(path, owner: 0, requireWhole);

    private static void RequireFile(string path, uint owner, Action<string> requireWhole)
    {
        var status = FileStatus.OfLink(path);
        Require.That(
            status is { Kind: FileKind.Regular } && status.Owner == owner && status.Group == owner,
            $"{path} was published and is no file of user {owner}: {status}"
        );
        requireWhole(path);
    }

    /// <param name="Name">For people.</param>
    /// <param name="Pattern">What is exchanged.</param>
    /// <param name="Arrange">Prepares the site and says how the program is called.</param>
    private sealed record Work(string Name, string Pattern, Func<Site, string[]> Arrange)
    {
        /// <summary>The first name of the program's after which the exchange may come: before, it would be a link like any other.</summary>
        public string From { get; init; } = "";

        /// <summary>Looks at what was reported as done.</summary>
        public Action<Site, CommandResult> RequireWhole { get; init; } = (_, _) => { };
    }
}
