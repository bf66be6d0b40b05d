namespace Nitejar.Migrations.Engine.Files;

/// <summary>Names for files that get their own name when they are complete.</summary>
public static class TemporaryName
{
    /// <summary>A name beside the file that nobody else has chosen: <c>x.db.new-1a2b3c4d</c>.</summary>
    /// <remarks>From a random UUID, since the class library's random number generator loads OpenSSL.</remarks>
    public static string Beside(string path) => $"{path}.new-{Guid.NewGuid().ToString("N")[..8]}";
}
