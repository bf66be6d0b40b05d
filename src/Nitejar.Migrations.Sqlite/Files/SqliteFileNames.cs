using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Sqlite.Files;

/// <summary>The files beside a database that SQLite takes for parts of it, by their names alone.</summary>
internal static class SqliteFileNames
{
    /// <summary>The endings of their names.</summary>
    public static readonly string[] Endings = ["-journal", "-wal", "-shm"];

    /// <summary>Whether a path is the database or the name of such a file of it, also where nothing is there.</summary>
    public static bool IsPartOf(string path, string database) =>
        FileStatus.IsSame(path, database)
        || DatabaseOf(path) is { } whole && FileStatus.IsSame(whole, database);

    /// <summary>The database that a file of this name would be a part of; <see langword="null"/> for other names.</summary>
    public static string? DatabaseOf(string path) =>
        Array.Find(Endings, ending => path.EndsWith(ending, StringComparison.Ordinal)) is { } ending
        && path.Length > ending.Length
            ? path[..^ending.Length]
            : null;
}
