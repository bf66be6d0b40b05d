using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Faults.Tests.Harness;

namespace Nitejar.Migrations.Faults.Tests.Faults;

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
        new("restore, the old file", "x.db", Damage) { From = "kept.db" },
        new("receipt", NewFile, NameReceipt) { RequireWhole = RequireReceipt },
        new("new database", NewFile, RemoveDatabase)
        {
            RequireWhole = (site, _) => RequireOwn(site.Database, DatabaseImage.RequireSound),
        },
    ];

    private static IEnumerable<string> WorkNames => Works.Select(work => work.Name);

    [TestCaseSource(nameof(WorkNames))]
    public void Nothing_outside_the_folder_is_touched(string work) => Check(Rig, work);

    [Test]
    public void A_folder_is_not_reached_by_another_users_link() => CheckFolder(Rig);

    /// <summary>Everybody may write the folder of the link, as in /tmp.</summary>
    internal static void CheckFolder(Rig rig)
    {
        using var site = NewSite(rig);
        File.WriteAllBytes(site.Outside("root/y.db"), Samples.WithBoth(JournalMode.Delete));
        File.CreateSymbolicLink(site["app"], site.Outside("root"));
        Racer.Give(site, site["app"]);
        new Command(Programs.Require("chown"), "/", "0", site.Folder).Run().Exits(0);
        File.SetUnixFileMode(site.Folder, (UnixFileMode)0b1_111_111_111);
        var before = Outside(site);

        string[][] commands =
        [
            ["up", "-c", "app/new.db"],
            ["down", "-c", "app/y.db", "--yes"],
            ["backup", "-c", "app/y.db"],
            ["backup", "-c", "x.db", "--to", "app/out.db"],
            ["restore", site.Outside("kept.db"), "-c", "app/y.db", "--yes"],
        ];
        foreach (var command in commands)
        {
            var refused = site.Run(command).RequireExit(7);
            Require.That(
                refused.Error.Contains("another user's symbolic link", StringComparison.Ordinal),
                $"the reason is not said: {refused}"
            );
        }

        site.Variables["MIGRATION_RECEIPT_PATH"] = site["app/out.json"];
        var warned = site.Run("up", "-c", "x.db").RequireExit(0);
        Require.That(
            warned.Error.Contains("another user's symbolic link", StringComparison.Ordinal),
            $"the receipt is not warned of: {warned}"
        );
        Require.Same(Outside(site), before, "what is outside the folder");
    }

    internal static void Check(Rig rig, string name)
    {
        var work = Works.Single(one => one.Name == name);
        using var watched = NewSite(rig);
        var racer = Racer.Build(watched, work.Pattern, work.From);
        var calls = racer.CountCalls(watched, work.Arrange(watched));
        Require.That(calls > 0, "the program made no file");

        var swaps = Enumerable
            .Range(1, calls)
            .SelectMany(call => Returns.Select(back => new Swap(call, back)))
            .SelectMany(swap => Targets.Keys.Select(target => (Swap: swap, Target: target)));
        Rig.Each(
            rig.Sample([.. swaps], Swaps),
            one =>
            {
                using var site = NewSite(rig);
                var arguments = work.Arrange(site);
                Targets[one.Target](site);
                var before = Outside(site);

                var result = racer.Run(site, one.Swap, Precious(site), arguments).RequireExit(0, 7);

                Require.Same(Outside(site), before, "what is outside the folder");
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

    /// <summary>A folder of another user's, with a database of that user's in it, and root's beside it.</summary>
    private static Site NewSite(Rig rig)
    {
        var site = rig.NewSite();
        Directory.CreateDirectory(Path.GetDirectoryName(Precious(site))!);
        site.Place(Samples.WithBoth(JournalMode.Delete));
        File.WriteAllBytes(site.Outside("kept.db"), Samples.WithBoth(JournalMode.Delete));
        Racer.Give(site, site.Folder);
        Racer.Give(site, site.Database);
        return site;
    }

    private static string Precious(Site site) => site.Outside("root/precious");

    private static void MakePrecious(Site site, byte[] content)
    {
        File.WriteAllBytes(Precious(site), content);
        File.SetUnixFileMode(Precious(site), OwnerOnly);
    }

    /// <summary>Names, contents, modes and owners of what is root's.</summary>
    private static string Outside(Site site) =>
        string.Join(
            '\n',
            Directory
                .EnumerateFileSystemEntries(Path.GetDirectoryName(Precious(site))!)
                .Select(path =>
                {
                    var status = FileStatus.OfLink(path)!;
                    return $"{path} {status.Kind} {status.Mode} {status.Owner} {Convert.ToHexString(Sha256.Hash(File.ReadAllBytes(path)))}";
                })
        );

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
        RequireOwn(
            site.Database,
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

    private static void RequireOwn(string path, Action<string> requireWhole)
    {
        var status = FileStatus.OfLink(path);
        Require.That(
            status is { Kind: FileKind.Regular, IsOwn: true },
            $"{path} was published and is no file of root's: {status}"
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
