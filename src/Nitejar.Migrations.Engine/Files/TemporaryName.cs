namespace Nitejar.Migrations.Engine.Files;

/// <summary>Names for files that get their own name when they are complete.</summary>
internal static class TemporaryName
{
    private const string Mark = ".new-";
    private const int RandomLength = 8;

    /// <summary>A name beside the file that nobody else has chosen: <c>x.db.new-1a2b3c4d</c>.</summary>
    /// <remarks>From a random UUID, since the class library's random number generator loads OpenSSL.</remarks>
    public static string Beside(string path) =>
        $"{path}{Mark}{UniqueId.New().ToString("N")[^RandomLength..]}";

    /// <summary>The name that a file was to get; <see langword="null"/> where the name is no temporary one.</summary>
    public static string? TargetOf(string name)
    {
        var at = name.LastIndexOf(Mark, StringComparison.Ordinal);
        return at > 0 && name.Length == at + Mark.Length + RandomLength ? name[..at] : null;
    }
}
