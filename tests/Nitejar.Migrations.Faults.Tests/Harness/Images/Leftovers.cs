using System.Text.Json;
using System.Text.RegularExpressions;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness.Images;

/// <summary>What may lie in the folder after a run that was cut off.</summary>
internal static partial class Leftovers
{
    /// <summary>The database, SQLite's own files, the receipt, and files under temporary names.</summary>
    public static void RequireHarmless(Site site)
    {
        foreach (var file in site.Files)
        {
            Require.That(Harmless().IsMatch(file), $"{file} was left behind");
        }

        RequireWholeReceipt(site);
        RequireWholeBackups(site);
    }

    /// <summary>The database and the receipt alone; a run that changed nothing keeps no backup either.</summary>
    public static void RequireNone(Site site)
    {
        foreach (var file in site.Files)
        {
            Require.That(Expected().IsMatch(file), $"{file} was left behind");
        }

        RequireWholeReceipt(site);
    }

    /// <summary>A receipt is complete or absent.</summary>
    private static void RequireWholeReceipt(Site site)
    {
        if (!File.Exists(site["receipt.json"]))
        {
            return;
        }

        try
        {
            using var receipt = JsonDocument.Parse(File.ReadAllText(site["receipt.json"]));
            _ = receipt.RootElement.GetProperty("migrationStatus");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            throw new FaultFound($"half a receipt: {e.Message}");
        }
    }

    /// <summary>A backup under its own name is complete.</summary>
    private static void RequireWholeBackups(Site site)
    {
        foreach (var file in site.Files.Where(file => Backup().IsMatch(file)))
        {
            using var connection = Sql.OpenUnchanging(site[file]);
            Require.Same(
                string.Join('\n', connection.Read("PRAGMA integrity_check")),
                "ok",
                $"integrity_check of {file}"
            );
        }
    }

    [GeneratedRegex(@"^x\.db\.\d{8}T\d{9}Z\.backup$")]
    private static partial Regex Backup();

    [GeneratedRegex(
        @"^(x\.db(-journal|-wal|-shm)?|receipt\.json|x\.db\.\d{8}T\d{9}Z\.backup|(x\.db|receipt\.json|x\.db\.\d{8}T\d{9}Z\.backup)\.new-\w+(-journal)?)$"
    )]
    private static partial Regex Harmless();

    [GeneratedRegex(@"^(x\.db(-journal|-wal|-shm)?|receipt\.json)$")]
    private static partial Regex Expected();
}
