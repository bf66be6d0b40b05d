using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>Whether a receipt may be put at the one path that a variable names: it takes the place of what is there.</summary>
/// <param name="path">Absolute.</param>
/// <param name="database">The path of the database; <see langword="null"/> until it is known.</param>
/// <param name="drivers">They recognize the files of databases.</param>
internal sealed class ReceiptPlace(
    string path,
    string? database,
    IReadOnlyList<IDatabaseDriver> drivers
)
{
    private static readonly string[] SystemFolders = ["/dev", "/dev/fd", "/proc", "/sys"];

    /// <summary>Refuses it before anything is done.</summary>
    /// <param name="source">What named it, for the error.</param>
    /// <exception cref="InvalidRequestException">Something would be lost, or no file can be there.</exception>
    public void Require(string source)
    {
        if (FindProblem() is { } problem)
        {
            throw new InvalidRequestException(
                $"{source} {problem}, so no receipt can be written there.",
                "Name a file that is for receipts alone."
            );
        }
    }

    /// <summary>Why it may not be put there, as the end of a sentence; <see langword="null"/> if it may.</summary>
    public string? FindProblem() =>
        path.Any(c => char.IsControl(c) || c == '\uFFFD')
            ? "holds characters that no name should have"
        : IsInSystemFolder() ? "is a name of the system's own"
        : IsOfDatabase() ? "is the database or belongs to it"
        : KindOfDevice() ?? KindOfDatabase();

    /// <summary>A name that could be a part of some database is one where the database is not known.</summary>
    private bool IsOfDatabase() =>
        drivers.Any(driver => driver.Files is { } files && files.IsPartOf(path, database));

    /// <summary>There, a link stands for a descriptor of the process, and a name for a device.</summary>
    private bool IsInSystemFolder() =>
        Path.GetDirectoryName(path) is { } folder
        && (
            SystemFolders.Contains(folder)
            || folder.StartsWith("/proc/", StringComparison.Ordinal)
            || folder.StartsWith("/sys/", StringComparison.Ordinal)
        );

    private string? KindOfDevice() =>
        FileStatus.Of(path)?.Kind
            is { } kind
                and not (FileKind.Regular or FileKind.Folder or FileKind.Other)
            ? kind == FileKind.Pipe
                ? "is a named pipe"
                : kind == FileKind.Socket
                    ? "is a socket"
                    : "is a device"
            : null;

    private string? KindOfDatabase() =>
        drivers.FirstOrDefault(driver => driver.Files?.IsDatabase(path) is true) is { } driver
            ? $"is a {driver.Name} database"
            : null;
}
