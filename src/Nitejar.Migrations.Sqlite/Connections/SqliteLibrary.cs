namespace Nitejar.Migrations.Sqlite.Connections;

/// <summary>The library of SQLite, which is a file beside the program.</summary>
internal static class SqliteLibrary
{
    /// <summary>Whether an error says that it could not be loaded. The driver does that in a type initializer, and by reflection, which wrap it.</summary>
    public static bool IsMissing(Exception e) =>
        e is DllNotFoundException or BadImageFormatException
        || (e.InnerException is { } inner && IsMissing(inner));

    /// <summary>The failure that says so.</summary>
    public static InvalidRequestException Missing(Exception cause) =>
        new(
            $"The library of SQLite (libe_sqlite3) is not in {Folder}, or is not for this system.",
            "Copy the whole folder that was published, and not the program alone.",
            cause
        )
        {
            Code = ErrorCode.LibraryMissing,
        };

    private static string Folder => AppContext.BaseDirectory.TrimEnd('/');
}
