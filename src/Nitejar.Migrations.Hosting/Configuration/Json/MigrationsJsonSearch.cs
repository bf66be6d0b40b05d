using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Hosting.Configuration.Json;

/// <summary>Looks for migrations.json in the working directory and in the folders above it.</summary>
internal static class MigrationsJsonSearch
{
    /// <summary>
    /// Finds the nearest one. Above the working directory the search ends where a folder belongs to another user or may
    /// be written by everybody: what lies there could be anyone's. On systems that do not tell, there is no search above.
    /// </summary>
    /// <returns>Its path; <see langword="null"/> for none.</returns>
    public static string? Find()
    {
        if (File.Exists(MigrationsJsonFile.Name))
        {
            return MigrationsJsonFile.Name;
        }

        var folder = Directory.GetCurrentDirectory();
        var owner = FileStatus.Of(folder)?.Owner;
        while (
            Path.GetDirectoryName(folder) is { } parent
            && FileStatus.Of(parent) is { } status
            && status.Owner == owner
            && !status.Mode.HasFlag(UnixFileMode.OtherWrite)
        )
        {
            var path = Path.Combine(parent, MigrationsJsonFile.Name);
            if (File.Exists(path))
            {
                return path;
            }

            folder = parent;
        }

        return null;
    }
}
