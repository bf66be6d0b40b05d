using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nitejar.Migrations.Faults.Tests.Harness;

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
    }

    /// <summary>The database and the receipt alone.</summary>
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

    [GeneratedRegex(
        @"^(x\.db(-journal|-wal|-shm)?|receipt\.json|(x\.db|receipt\.json)\.new-\w+(-journal)?)$"
    )]
    private static partial Regex Harmless();

    [GeneratedRegex(@"^(x\.db(-journal|-wal|-shm)?|receipt\.json)$")]
    private static partial Regex Expected();
}
