using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Sqlite.Backups;

/// <summary>The folder that collects the backups of a database, by names that sort by time.</summary>
/// <param name="folder">Its absolute path.</param>
/// <param name="databaseName">The name of the database's file, without a folder.</param>
internal sealed class SqliteBackupFolder(string folder, string databaseName)
{
    private const string Ending = ".backup";
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>Its absolute path.</summary>
    public string Path => folder;

    /// <summary>Makes the folder where it is missing.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder above may not be written.</exception>
    public void Create() => OwnersFolder.Create(folder);

    /// <summary><c>x.db.20260102T030405678Z.backup</c></summary>
    public string PathAt(DateTime utc) =>
        System.IO.Path.Combine(
            folder,
            $"{databaseName}.{utc.ToString(TimeFormat, CultureInfo.InvariantCulture)}{Ending}"
        );

    /// <summary>Returns the UTC time in the name of a backup; <see langword="null"/> where a file is named otherwise.</summary>
    public static DateTime? TimeIn(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        var time = name.EndsWith(Ending, StringComparison.Ordinal)
            ? name[..^Ending.Length].Split('.')[^1]
            : "";
        return DateTime.TryParseExact(
            time,
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var utc
        )
            ? utc
            : null;
    }

    /// <summary>Gives a complete copy its name: that of this moment or, where that is taken, of the next free one.</summary>
    /// <returns>The name.</returns>
    public string Add(NewFile copy)
    {
        for (var time = DateTime.UtcNow; ; time = time.AddMilliseconds(1))
        {
            var path = PathAt(time);
            if (FinalName.TryGive(copy, path))
            {
                return path;
            }
        }
    }

    /// <summary>Removes the oldest of those that are too many, and never the newest one, whatever the clock said.</summary>
    /// <returns>Sentences about those that could not be removed.</returns>
    public IReadOnlyList<string> Prune(string newest, int keep, string? alsoKept)
    {
        var warnings = new List<string>();
        var tooMany = Others(newest).Skip(keep - 1);
        foreach (
            var old in tooMany.Where(old => alsoKept is null || !FileStatus.IsSame(old, alsoKept))
        )
        {
            try
            {
                File.Delete(old);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                warnings.Add($"The old backup {old} could not be removed: {e.Message}");
            }
        }

        RemoveDead();
        return warnings;
    }

    /// <summary>Removes unfinished copies of processes that were killed: a living one writes all the time.</summary>
    private void RemoveDead()
    {
        var unfinished = new DirectoryInfo(folder)
            .EnumerateFiles()
            .Where(file =>
                file.LinkTarget is null
                && TemporaryName.TargetOf(file.Name) is { } target
                && IsBackupName(target)
                && DateTime.UtcNow - file.LastWriteTimeUtc > LongestPause
            );
        foreach (var file in unfinished)
        {
            LeftOver.Remove(file.FullName);
        }
    }

    /// <summary>Backups of this database, the latest first.</summary>
    private IEnumerable<string> Others(string newest) =>
        new DirectoryInfo(folder)
            .EnumerateFiles()
            .Where(file => IsBackup(file) && file.FullName != newest)
            .Select(file => file.FullName)
            .OrderDescending(StringComparer.Ordinal);

    private bool IsBackup(FileInfo file) =>
        file.LinkTarget is null
        && FileStatus.IsRegularFile(file.FullName)
        && IsBackupName(file.Name);

    private bool IsBackupName(string name) =>
        name.Length > databaseName.Length + Ending.Length
        && name.StartsWith(databaseName + ".", StringComparison.Ordinal)
        && name.EndsWith(Ending, StringComparison.Ordinal)
        && DateTime.TryParseExact(
            name[(databaseName.Length + 1)..^Ending.Length],
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out _
        );
}
