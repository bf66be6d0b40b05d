using System.Reflection;

namespace Nitejar.Migrations.Tool.Loading;

/// <summary>
/// The shared frameworks that are installed beside this program's runtime, such as that of ASP.NET Core: migrations may
/// be a part of a web application.
/// </summary>
internal static class Frameworks
{
    /// <summary>The folder of the runtime that this program runs on.</summary>
    public static readonly string OfRuntime = Path.GetDirectoryName(
        typeof(object).Assembly.Location
    )!;

    /// <summary>Returns the file of an assembly in the newest of the others that fits the runtime; <see langword="null"/> where none has it.</summary>
    public static string? FindInOthers(AssemblyName name)
    {
        var frameworks = Path.GetDirectoryName(Path.GetDirectoryName(OfRuntime));
        return frameworks is null
            ? null
            : Directory
                .EnumerateDirectories(frameworks)
                .SelectMany(Directory.EnumerateDirectories)
                .Select(static folder =>
                    (
                        Folder: folder,
                        IsVersion: Version.TryParse(Path.GetFileName(folder), out var v),
                        Version: v
                    )
                )
                .Where(static found =>
                    found.IsVersion && found.Version!.Major == Environment.Version.Major
                )
                .OrderByDescending(static found => found.Version)
                .Select(found => Path.Combine(found.Folder, $"{name.Name}.dll"))
                .FirstOrDefault(File.Exists);
    }
}
