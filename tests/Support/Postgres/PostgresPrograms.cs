using System.Globalization;

namespace Nitejar.Tests;

/// <summary>The programs of one version of PostgreSQL.</summary>
internal sealed class PostgresPrograms
{
    /// <summary>Debian keeps the server's programs off the PATH, in a folder for each version.</summary>
    private const string Packages = "/usr/lib/postgresql";

    private readonly string _folder;

    private PostgresPrograms(string folder) => _folder = folder;

    /// <summary>The full path of a program.</summary>
    public string this[string program] => Path.Combine(_folder, program);

    /// <summary>The programs of a major version, or of the newest one that is installed; without them the test is not run.</summary>
    public static PostgresPrograms Require(int? version = null)
    {
        var folder = Packaged(version) ?? (version is null ? OnPath() : null);
        if (folder is null)
        {
            NotRun.Because(
                $"there is no initdb of PostgreSQL {version} in {Packages}/*/bin".Replace("  ", " ")
            );
        }

        return new PostgresPrograms(folder!);
    }

    private static string? Packaged(int? version) =>
        Directory.Exists(Packages)
            ? Directory
                .EnumerateDirectories(Packages)
                .Where(folder => version is null || VersionOf(folder) == version)
                .OrderByDescending(VersionOf)
                .Select(folder => Path.Combine(folder, "bin"))
                .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;

    private static int VersionOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version)
            ? version
            : 0;

    private static string? OnPath() =>
        Programs.Find("initdb") is { } initdb ? Path.GetDirectoryName(initdb) : null;
}
