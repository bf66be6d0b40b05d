using System.Text.Json;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Disks;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Security;

/// <summary>
/// A file that the program leaves beside the database: only its owner reads it, it never goes through a symbolic link,
/// and it is complete or absent.
/// </summary>
public sealed class PrivateFiles : FaultTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly SampleSize Kills = new(40, 40, int.MaxValue);
    private static readonly SampleSize Cuts = new(10, 60, int.MaxValue);

    /// <summary>The files, and what makes them.</summary>
    private static readonly Kind[] Kinds =
    [
        new(
            "receipt",
            site => site["out.json"],
            site =>
            {
                site.Variables["MIGRATION_RECEIPT_PATH"] = site["out.json"];
                return ["up", "-c", "x.db"];
            },
            RequireReceipt
        ),
        new(
            "backup",
            site => site["out.db"],
            _ => ["backup", "-c", "x.db", "--to", "out.db"],
            RequireBackup
        )
        {
            ReplacesNothing = true,
        },
    ];

    [Test]
    public void Only_the_owner_may_read_it() => CheckMode(Rig);

    [Test]
    public void A_symbolic_link_is_not_followed() => CheckLink(Rig);

    [Test]
    public void It_is_complete_or_absent() => CheckKills(Rig);

    [Test]
    public void A_power_cut_leaves_it_complete_or_absent() => CheckCuts(Rig);

    internal static void CheckCuts(Rig rig)
    {
        foreach (var kind in Kinds)
        {
            using var recorded = NewSite(rig);
            Rig.Each(
                Outages.Of(rig, Cuts, recorded, kind.Arrange(recorded)),
                outage =>
                {
                    using var site = outage.Site;
                    if (File.Exists(kind.PathIn(site)))
                    {
                        kind.RequireWhole(kind.PathIn(site));
                    }
                    else
                    {
                        Require.That(!outage.Reported, $"the {kind.Name} was reported and is gone");
                    }
                }
            );
        }
    }

    internal static void CheckMode(Rig rig)
    {
        foreach (var kind in Kinds)
        {
            foreach (var isThere in (bool[])[false, true])
            {
                using var site = NewSite(rig);
                var arguments = kind.Arrange(site);
                if (isThere)
                {
                    File.WriteAllText(kind.PathIn(site), "older");
                    File.SetUnixFileMode(kind.PathIn(site), OwnerOnly | UnixFileMode.OtherRead);
                }

                // The least private way to make files that a user can ask for.
                site.Command(
                        [Programs.Require("sh"), "-c", "umask 0; exec \"$@\"", "sh"],
                        arguments
                    )
                    .Run()
                    .RequireExit(isThere && kind.ReplacesNothing ? 6 : 0);
                if (isThere && kind.ReplacesNothing)
                {
                    Require.Same(File.ReadAllText(kind.PathIn(site)), "older", "what was there");
                    continue;
                }

                var mode = File.GetUnixFileMode(kind.PathIn(site));
                Require.That(mode == OwnerOnly, $"the {kind.Name} may be read by others: {mode}");
                kind.RequireWhole(kind.PathIn(site));
            }
        }
    }

    internal static void CheckLink(Rig rig)
    {
        foreach (var kind in Kinds)
        {
            using var site = NewSite(rig);
            var arguments = kind.Arrange(site);
            var precious = site.Outside("precious");
            File.WriteAllText(precious, "precious");
            File.CreateSymbolicLink(kind.PathIn(site), precious);

            site.Run(arguments).RequireNoCrash();

            Require.Same(
                File.ReadAllText(precious),
                "precious",
                $"what a {kind.Name} was linked to"
            );
            var left = new FileInfo(kind.PathIn(site));
            Require.That(
                left.LinkTarget is not null || File.GetUnixFileMode(left.FullName) == OwnerOnly,
                $"the {kind.Name} may be read by others"
            );
        }
    }

    internal static void CheckKills(Rig rig)
    {
        foreach (var kind in Kinds)
        {
            using var watched = NewSite(rig);
            var (_, calls) = Tracer.Watch(watched, kind.Arrange(watched));
            var name = Path.GetFileName(kind.PathIn(watched));
            var about = calls
                .Where(call => call.Text.Contains(name, StringComparison.Ordinal))
                .ToArray();
            Require.That(about.Length > 0, $"the trace shows no {kind.Name}");
            Rig.Each(
                rig.Sample(about, Kills),
                call =>
                {
                    using var site = NewSite(rig);
                    Tracer.Disturb(site, call, "signal=KILL", lasting: false, kind.Arrange(site));
                    if (File.Exists(kind.PathIn(site)))
                    {
                        kind.RequireWhole(kind.PathIn(site));
                    }
                }
            );
        }
    }

    private static Site NewSite(Rig rig)
    {
        var site = rig.NewSite();
        site.Place(Samples.WithCore(JournalMode.Delete));
        return site;
    }

    private static void RequireReceipt(string path)
    {
        try
        {
            using var receipt = JsonDocument.Parse(File.ReadAllText(path));
            _ = receipt.RootElement.GetProperty("migrationStatus");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            throw new FaultFound($"half a receipt: {e.Message}");
        }
    }

    private static void RequireBackup(string path)
    {
        using var connection = Sql.OpenUnchanging(path);
        Require.Same(
            string.Join('\n', connection.Read("PRAGMA integrity_check")),
            "ok",
            "integrity_check of the backup"
        );
        Require.Same(
            string.Join(' ', connection.Read("SELECT id FROM agents ORDER BY id")),
            "a1 a2",
            "the backup"
        );
    }

    /// <param name="Name">For people.</param>
    /// <param name="PathIn">Where the program is to write it.</param>
    /// <param name="Arrange">Prepares the site and says how the program is called.</param>
    /// <param name="RequireWhole">Looks whether the file is complete.</param>
    private sealed record Kind(
        string Name,
        Func<Site, string> PathIn,
        Func<Site, string[]> Arrange,
        Action<string> RequireWhole
    )
    {
        /// <summary>Whether what is there already is an error.</summary>
        public bool ReplacesNothing { get; init; }
    }
}
