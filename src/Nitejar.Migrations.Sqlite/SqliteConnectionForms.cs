using System.Buffers;
using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Sqlite;

/// <summary>How a connection to SQLite is written.</summary>
internal sealed class SqliteConnectionForms(SqliteDriver driver) : IConnectionText
{
    private const string NotAdo = "is not an ADO.NET string that Microsoft.Data.Sqlite understands";

    private static readonly SearchValues<char> OddInPaths = SearchValues.Create(
        ":;=<>|*?\"`$&#!{}^"
    );

    public IReadOnlyList<string> UrlSchemes { get; } = ["sqlite", "file", "sqlite3"];

    public IReadOnlyList<string> FirstKeywords { get; } =
    ["data source", "datasource", "filename", "mode"];

    public bool KnowsPaths => true;

    public ConnectionExamples ExamplesFor(string database) =>
        new($"./{database}", $"sqlite:{database}", $"Data Source={database}");

    public IDatabase ReadUrl(string scheme, string rest, ConnectionContext context)
    {
        if (IsInMemory(rest))
        {
            throw InMemory();
        }

        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var path = WithoutAuthority(scheme, query < 0 ? rest : rest[..query]);
        var mode = query < 0 ? SqliteOpenMode.ReadWriteCreate : ParseQuery(rest[(query + 1)..]);
        return File(Uri.UnescapeDataString(path), mode, context);
    }

    public IDatabase ReadAdo(string text, ConnectionContext context)
    {
        var ado = ParseAdo(text);
        if (ado.Password.Length > 0)
        {
            throw new FormatException("has a password; encrypted SQLite files are not supported");
        }

        if (ado.Vfs is { Length: > 0 })
        {
            throw new FormatException(
                "names a Vfs; programs that use different ones do not see each other's locks"
            );
        }

        if (ado.Mode == SqliteOpenMode.Memory)
        {
            throw InMemory();
        }

        return ado.DataSource.Length == 0 ? throw new FormatException("names no Data Source")
            : !Enum.IsDefined(ado.Mode) ? throw new FormatException(NotAdo)
            : ado.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
                ? ReadUrl("file", ado.DataSource["file:".Length..], context)
            : File(ado.DataSource, ado.Mode, context);
    }

    public IDatabase ReadPath(string path, ConnectionContext context) =>
        IsPlausiblePath(path) || IsInMemory(path)
            ? File(path, SqliteOpenMode.ReadWriteCreate, context)
            : throw new FormatException(
                "is not a path, URL or ADO.NET string; a file of that name can be given with ./ in front"
            );

    /// <summary>
    /// Whether that is a plausible name of a file: what a shell did not expand, or a broken connection string, would
    /// otherwise become a new database of that name. Rooted paths and those with <c>./</c> are taken as they are.
    /// </summary>
    private static bool IsPlausiblePath(string path) =>
        path[0] == '.'
        || Path.IsPathRooted(path)
        || (
            path.Any(char.IsLetterOrDigit)
            && !path.AsSpan().ContainsAny(OddInPaths)
            && (
                !path.Contains(' ', StringComparison.Ordinal) || path.AsSpan().ContainsAny('/', '.')
            )
        );

    private static bool IsInMemory(string path) =>
        path.Contains(":memory:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of a path that is still escaped: an escaped slash would end the authority too soon. <c>//localhost/x</c> and <c>///x</c> are absolute; <c>sqlite://x</c> is read as relative, as others do.</summary>
    private static string WithoutAuthority(string scheme, string path)
    {
        if (!path.StartsWith("//", StringComparison.Ordinal))
        {
            return path;
        }

        var rest = path[2..];
        if (rest.Split('/')[0].Contains('@', StringComparison.Ordinal))
        {
            throw new FormatException("names a user; SQLite files have none");
        }

        if (rest.StartsWith("localhost/", StringComparison.Ordinal))
        {
            return rest["localhost".Length..];
        }

        return rest.StartsWith('/') || scheme != "file"
            ? rest
            : throw new FormatException("is a file: URL with a host; SQLite files are local");
    }

    private static SqliteOpenMode ParseQuery(string query) =>
        query switch
        {
            "mode=ro" => SqliteOpenMode.ReadOnly,
            "mode=rw" => SqliteOpenMode.ReadWrite,
            "mode=rwc" => SqliteOpenMode.ReadWriteCreate,
            _ when query.Contains("mode=memory", StringComparison.Ordinal) => throw InMemory(),
            _ => throw new FormatException(
                "has a URL parameter other than mode=ro, mode=rw or mode=rwc"
            ),
        };

    /// <summary>Without the driver's error as a cause: its message repeats parts of the text.</summary>
    private static SqliteConnectionStringBuilder ParseAdo(string text)
    {
        try
        {
            return new SqliteConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new FormatException(NotAdo);
        }
    }

    private SqliteDatabase File(string path, SqliteOpenMode mode, ConnectionContext context)
    {
        if (path.Length == 0)
        {
            throw new FormatException("names no file");
        }

        if (IsInMemory(path))
        {
            throw InMemory();
        }

        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new FormatException("contains control characters");
        }

        if (Path.EndsInDirectorySeparator(path) && !Directory.Exists(path))
        {
            throw new FormatException("ends like a folder");
        }

        return new SqliteDatabase(Shortest(Path.GetFullPath(path, context.Folder)), mode)
        {
            SqliteDriver = driver,
            AllowsEmptyFile = context.AllowsEmptyFile,
            VersionTable = context.VersionTable,
        };
    }

    /// <summary>Relative where that is shorter for people: below the working directory.</summary>
    private static string Shortest(string fullPath)
    {
        var relative = Path.GetRelativePath(".", fullPath);
        return relative.StartsWith("..", StringComparison.Ordinal) ? fullPath : relative;
    }

    private static FormatException InMemory() =>
        new("names a database in memory, which would be gone when the program ends");
}
