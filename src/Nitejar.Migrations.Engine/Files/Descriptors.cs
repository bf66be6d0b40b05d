namespace Nitejar.Migrations.Engine.Files;

/// <summary>
/// The files that this process has open. Of a file that a library has opened by its name, only they tell which one it
/// is: the name may have been another file's at that moment, and its own again since.
/// </summary>
internal static class Descriptors
{
    /// <summary>More than a process has that opens databases; asking for one that is not there takes a fraction of a microsecond.</summary>
    private const int Most = 65_536;

    /// <summary>Whether at least so many are open on a file. They are asked by their numbers, which takes no name.</summary>
    /// <param name="file">What is known of the file, and so of its descriptors.</param>
    /// <param name="atLeast">How many.</param>
    public static bool AreOn(FileStatus file, int atLeast)
    {
        for (var descriptor = 0; descriptor < Most; descriptor++)
        {
            if (FileStatus.OfDescriptor(descriptor)?.IsSameFile(file) == true && --atLeast == 0)
            {
                return true;
            }
        }

        return false;
    }
}
