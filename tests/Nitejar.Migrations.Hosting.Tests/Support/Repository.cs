namespace Nitejar.Migrations.Hosting.Tests.Support;

/// <summary>Finds files of the repository; the compiler's own paths are mapped away in CI.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Nitejar.Migrations.sln")))
        {
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException(
                    "The tests do not run inside the repository."
                );
        }

        return folder;
    }
}
