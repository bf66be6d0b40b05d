namespace Nitejar.Migrations.Engine.Files;

/// <summary>
/// The files that this process has open. Of a file that a library has opened by its name, only they tell which one it
/// is: the name may have been another file's at that moment, and its own again since.
/// </summary>
internal static class Descriptors
{
    private const string Folder = "/proc/self/fd";

    /// <summary>How many are open on a file; <see langword="null"/> where the system does not say.</summary>
    public static int? CountOn(FileStatus file)
    {
        try
        {
            return Directory
                .EnumerateFiles(Folder)
                .Count(descriptor => FileStatus.Of(descriptor)?.IsSameFile(file) == true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
