namespace Nitejar.Migrations.Engine.Files;

/// <summary>Files under a temporary name that are no longer needed.</summary>
internal static class LeftOver
{
    /// <summary>Removes one if it can be removed: it does no harm, and the outcome of the work must not depend on it.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays.
        }
    }
}
