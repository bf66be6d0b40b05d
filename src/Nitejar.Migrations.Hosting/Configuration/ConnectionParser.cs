using System.Buffers;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Secrets;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>Understands a connection: an ADO.NET string, a URL or a plain path. Its errors never repeat the text.</summary>
/// <param name="source">Where the text came from, for errors: <c>--connection</c>, <c>DATABASE_URL</c>.</param>
/// <param name="baseFolder">Where relative paths start.</param>
internal sealed class ConnectionParser(string source, string baseFolder)
{
    private const string Forms =
        "Give a path (./nitejar.db), a URL (sqlite:nitejar.db, postgres://user@host/name) or an ADO.NET string (Data Source=nitejar.db, Host=...).";

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+"
    );
    private static readonly SearchValues<char> OddInPaths = SearchValues.Create(
        ":;=<>|*?\"`$&#!{}^"
    );
    private static readonly SearchValues<char> InNamesOfFiles = SearchValues.Create("/\\.:=");
    private static readonly string[] PostgresSchemes = ["postgres", "postgresql"];
    private static readonly string[] SqliteSchemes = ["sqlite", "sqlite3", "file"];
    private static readonly string[] PostgresKeywords =
    [
        "host",
        "server",
        "username",
        "user id",
        "database",
    ];

    /// <summary>Whether <c>nitejar</c> is a file. Where a secret may have been put by mistake, it would become the name of a new database.</summary>
    public bool AllowsBareWord { get; init; }

    /// <summary>Returns an environment variable: psql's fill in what the connection to a server leaves out.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>Parses.</summary>
    /// <exception cref="InvalidRequestException">It is none of the three.</exception>
    public ConnectionTarget Parse(string text)
    {
        var connection = text.Trim();
        if (connection.Length == 0)
        {
            throw Invalid("is empty");
        }

        RequirePrintable(connection);
        if (!AllowsBareWord && !connection.AsSpan().ContainsAny(InNamesOfFiles))
        {
            throw Invalid(
                "is a bare word, which could be a password or token; a file of that name can be given with ./ in front"
            );
        }

        if (SchemeOf(connection) is { } scheme)
        {
            return ParseUrl(scheme, connection[(scheme.Length + 1)..]);
        }

        if (IsAdoString(connection))
        {
            return ParseAdoString(connection);
        }

        return IsPlausiblePath(connection) || IsInMemory(connection)
            ? File(connection)
            : throw Invalid(
                "is not a path, URL or ADO.NET string; a file of that name can be given with ./ in front"
            );
    }

    /// <summary>The part before the colon, where that is longer than a Windows drive letter.</summary>
    private static string? SchemeOf(string connection)
    {
        var colon = connection.IndexOf(':', StringComparison.Ordinal);
        var isScheme =
            colon > 1
            && char.IsAsciiLetter(connection[0])
            && connection.AsSpan(0, colon).IndexOfAnyExcept(SchemeCharacters) < 0;
        return isScheme ? connection[..colon].ToLowerInvariant() : null;
    }

    /// <summary>Words before an equals sign; a path with one can be written with <c>./</c> in front.</summary>
    private static bool IsAdoString(string connection)
    {
        var equals = connection.IndexOf('=', StringComparison.Ordinal);
        return equals >= 0
            && connection[..equals].All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_');
    }

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

    private ConnectionTarget ParseUrl(string scheme, string rest)
    {
        if (PostgresSchemes.Contains(scheme))
        {
            return Server(text => text.ParseUrl($"{scheme}:{rest}"));
        }

        if (!SqliteSchemes.Contains(scheme))
        {
            throw Invalid("has a scheme that is none of sqlite:, file:, postgres:");
        }

        if (IsInMemory(rest))
        {
            throw InMemory();
        }

        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var path = WithoutAuthority(scheme, query < 0 ? rest : rest[..query]);
        var mode = query < 0 ? SqliteOpenMode.ReadWriteCreate : ParseQuery(rest[(query + 1)..]);
        return File(Uri.UnescapeDataString(path), mode);
    }

    /// <summary>Of a path that is still escaped: an escaped slash would end the authority too soon. <c>//localhost/x</c> and <c>///x</c> are absolute; <c>sqlite://x</c> is read as relative, as others do.</summary>
    private string WithoutAuthority(string scheme, string path)
    {
        if (!path.StartsWith("//", StringComparison.Ordinal))
        {
            return path;
        }

        var rest = path[2..];
        if (rest.Split('/')[0].Contains('@', StringComparison.Ordinal))
        {
            throw Invalid("names a user; SQLite files have none");
        }

        if (rest.StartsWith("localhost/", StringComparison.Ordinal))
        {
            return rest["localhost".Length..];
        }

        return rest.StartsWith('/') || scheme != "file"
            ? rest
            : throw Invalid("is a file: URL with a host; SQLite files are local");
    }

    private SqliteOpenMode ParseQuery(string query) =>
        query switch
        {
            "mode=ro" => SqliteOpenMode.ReadOnly,
            "mode=rw" => SqliteOpenMode.ReadWrite,
            "mode=rwc" => SqliteOpenMode.ReadWriteCreate,
            _ when query.Contains("mode=memory", StringComparison.Ordinal) => throw InMemory(),
            _ => throw Invalid("has a URL parameter other than mode=ro, mode=rw or mode=rwc"),
        };

    private ConnectionTarget ParseAdoString(string connection)
    {
        var first = connection[..connection.IndexOf('=', StringComparison.Ordinal)].Trim();
        if (PostgresKeywords.Contains(first.ToLowerInvariant()))
        {
            return Server(text => text.ParseAdo(connection));
        }

        try
        {
            var ado = new SqliteConnectionStringBuilder(connection);
            if (ado.Password.Length > 0)
            {
                throw Invalid("has a password; encrypted SQLite files are not supported");
            }

            if (ado.Vfs is { Length: > 0 })
            {
                throw Invalid(
                    "names a Vfs; programs that use different ones do not see each other's locks"
                );
            }

            if (ado.Mode == SqliteOpenMode.Memory)
            {
                throw InMemory();
            }

            return ado.DataSource.Length == 0 ? throw Invalid("names no Data Source")
                : !Enum.IsDefined(ado.Mode) ? throw NoAdoString()
                : ado.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
                    ? ParseUrl("file", ado.DataSource["file:".Length..])
                : File(ado.DataSource, ado.Mode);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            // Without the driver's error as a cause: its message repeats parts of the text.
            throw NoAdoString();
        }
    }

    private ServerTarget Server(Func<PostgresConnectionText, PostgresTarget> parse)
    {
        try
        {
            return new ServerTarget(parse(new PostgresConnectionText(Variable)));
        }
        catch (FormatException e)
        {
            throw Invalid(e.Message);
        }
    }

    private FileTarget File(string path, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        if (path.Length == 0)
        {
            throw Invalid("names no file");
        }

        if (IsInMemory(path))
        {
            throw InMemory();
        }

        // The name of a file is printed, and the file would be made.
        if (LiteralSecret.In(path) is not null || SecretShapes.KindOf(path) is not null)
        {
            throw Invalid(
                "holds a password, key or token where the name of a file should be; SQLite files have none"
            );
        }

        RequirePrintable(path);
        if (Path.EndsInDirectorySeparator(path) && !Directory.Exists(path))
        {
            throw Invalid("ends like a folder");
        }

        return new FileTarget(Shortest(Path.GetFullPath(path, baseFolder)), mode);
    }

    private void RequirePrintable(string text)
    {
        if (text.Any(char.IsControl))
        {
            throw Invalid("contains control characters");
        }

        // What the runtime makes of bytes that are not UTF-8; the file of that name would be another one.
        if (text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            throw Invalid("contains bytes that are not UTF-8");
        }
    }

    /// <summary>Relative where that is shorter for people: below the working directory.</summary>
    private static string Shortest(string fullPath)
    {
        var relative = Path.GetRelativePath(".", fullPath);
        return relative.StartsWith("..", StringComparison.Ordinal) ? fullPath : relative;
    }

    private InvalidRequestException NoAdoString() =>
        Invalid("is no ADO.NET string that Microsoft.Data.Sqlite understands");

    private InvalidRequestException InMemory() =>
        Invalid("names a database in memory, which would be gone when the program ends");

    private InvalidRequestException Invalid(string problem) => new($"{source} {problem}.", Forms);
}
