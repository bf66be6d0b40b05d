using System.Reflection;

namespace Nitejar.Tests.Surface;

/// <summary>
/// Compares what a package offers with the text that was approved, in the folder PublicSurface of its tests. With
/// UPDATE_SNAPSHOTS=1 the new text is approved instead; never in CI.
/// </summary>
internal static class ApprovedSurface
{
    /// <param name="assembly">The package.</param>
    /// <param name="project">The folder of its tests.</param>
    public static void Matches(Assembly assembly, string project)
    {
        var file = Path.Combine(
            Root(AppContext.BaseDirectory),
            "tests",
            project,
            "PublicSurface",
            assembly.GetName().Name + ".txt"
        );
        var surface = PublicSurface.Of(assembly);
        if (
            Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1"
            && Environment.GetEnvironmentVariable("CI") != "true"
        )
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, surface);
        }

        var approved = Lines(File.ReadAllText(file));
        Assert.Multiple(() =>
        {
            Assert.That(Lines(surface).Except(approved), Is.Empty, "is public and not approved");
            Assert.That(approved.Except(Lines(surface)), Is.Empty, "is approved and not public");
        });
    }

    /// <summary>Each member with its type before it, so that a difference names both.</summary>
    private static List<string> Lines(string surface)
    {
        var type = "";
        var lines = new List<string>();
        foreach (var line in surface.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            type = line.StartsWith(' ') ? type : line;
            lines.Add(line == type ? line : $"{type}: {line.Trim()}");
        }

        return lines;
    }

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "Nitejar.Migrations.sln"))
            ? folder
            : Root(Path.GetDirectoryName(folder)!);
}
