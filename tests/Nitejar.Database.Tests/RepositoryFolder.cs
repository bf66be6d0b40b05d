namespace Nitejar.Database.Tests;

/// <summary>The folder that holds this repository.</summary>
internal static class RepositoryFolder
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "Nitejar.Migrations.sln"))
            ? folder
            : Find(System.IO.Path.GetDirectoryName(folder)!);
}
