namespace Nitejar.Tests;

/// <summary>Finds programs as a shell does.</summary>
internal static class Programs
{
    private static readonly string[] SystemFolders = ["/usr/sbin", "/sbin"];

    /// <summary>The program's full path; <see langword="null"/> where this machine has none.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(SystemFolders)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>The program's full path; without it the test is not run.</summary>
    public static string Require(string name)
    {
        var path = Find(name);
        if (path is null)
        {
            NotRun.Because($"there is no {name} on this machine");
        }

        return path!;
    }
}
