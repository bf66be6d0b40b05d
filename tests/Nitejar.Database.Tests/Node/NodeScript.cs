using System.Text.Json;

namespace Nitejar.Database.Tests.Node;

/// <summary>Runs nitejar.js with the packages that .ci/run installs into artifacts/node.</summary>
internal static class NodeScript
{
    private static string Packages =>
        Path.Combine(RepositoryFolder.Path, "artifacts", "node", "node_modules");

    private static string Script =>
        Path.Combine(
            RepositoryFolder.Path,
            "tests",
            "Nitejar.Database.Tests",
            "Node",
            "nitejar.js"
        );

    /// <param name="input">Its <c>do</c> names the action.</param>
    /// <returns>What the action returned.</returns>
    public static JsonElement Run(object input)
    {
        if (!Directory.Exists(Path.Combine(Packages, "better-sqlite3")))
        {
            NotRun.Because(
                "better-sqlite3 is not in artifacts/node; the step 'tools' of .ci/run installs it"
            );
        }

        var node = new Command(Executable(), "/", Script)
        {
            Input = JsonSerializer.Serialize(input),
            InheritsEnvironment = true,
            Variables = new Dictionary<string, string> { ["NODE_PATH"] = Packages },
        };
        return JsonDocument.Parse(node.Run().Exits(0).Output).RootElement;
    }

    /// <summary>The one that npm installed for Linux on x64; elsewhere the machine's own, 22 or newer.</summary>
    private static string Executable()
    {
        var installed = Path.Combine(Packages, ".bin", "node");
        return File.Exists(installed) ? installed : "node";
    }
}
