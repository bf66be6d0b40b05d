namespace Nitejar.Migrations.Engine.Files;

/// <summary>Another program has put something else in the place of a file while it was being written.</summary>
/// <param name="path">The name.</param>
internal sealed class ExchangedFileException(string path)
    : IOException(
        $"{path} is no longer the file that it was: another program renames files in its folder."
    )
{
    /// <summary>What to do about it.</summary>
    public const string NextStep =
        "Run the program as the user who owns that folder, or name a folder where nobody else may write.";
}
