namespace Nitejar.Migrations.Sqlite.Files;

/// <summary>Recognizes the files of SQLite.</summary>
internal sealed class SqliteFiles : IDatabaseFiles
{
    private SqliteFiles() { }

    public static SqliteFiles Instance { get; } = new();

    public bool IsPartOf(string path, string? database) =>
        database is null
            ? SqliteFileNames.DatabaseOf(path) is not null
            : SqliteFileNames.IsPartOf(path, database);

    public bool IsDatabase(string path)
    {
        try
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            Span<byte> start = stackalloc byte[16];
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
                && start.SequenceEqual("SQLite format 3\0"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Most often nothing is there.
            return false;
        }
    }
}
