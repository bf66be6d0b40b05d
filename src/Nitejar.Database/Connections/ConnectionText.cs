using Microsoft.Data.Sqlite;
using Npgsql;

namespace Nitejar.Database.Connections;

/// <summary>Understands a connection as `nitejar-migrate` does: a path, a URL or a connection string. Its errors never repeat the text.</summary>
internal static class ConnectionText
{
    private const string Forms =
        "Give a path (./nitejar.db), a URL (sqlite:nitejar.db, postgres://user@host/name) or a connection string (Data Source=nitejar.db, Host=...).";

    private static readonly string[] PostgresKeywords =
    [
        "host",
        "server",
        "username",
        "user id",
        "database",
    ];

    /// <summary>The connection string for the driver, and which driver that is.</summary>
    /// <exception cref="ArgumentException">It is none of the three.</exception>
    public static (bool IsPostgres, string Text) Parse(string connection)
    {
        var text = connection.Trim();
        if (text.Length == 0 || text.Any(char.IsControl))
            throw Invalid("is empty or holds control characters");

        var scheme = SchemeOf(text);
        return scheme switch
        {
            "postgres" or "postgresql" => (true, PostgresUrl.ToConnectionString(text)),
            "sqlite" or "sqlite3" or "file" => (
                false,
                SqliteUrl(scheme, text[(scheme.Length + 1)..])
            ),
            null => IsConnectionString(text) ? OfKeywords(text) : (false, OfFile(text)),
            _ => throw Invalid("has a scheme that is not sqlite:, file: or postgres:"),
        };
    }

    internal static ArgumentException Invalid(string problem) =>
        new($"The connection {problem}. {Forms}");

    /// <summary>The part before the colon, where that is longer than the letter of a drive.</summary>
    private static string? SchemeOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && text[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c == '+')
            ? text[..colon].ToLowerInvariant()
            : null;
    }

    /// <summary>Words before an equals sign; a path with one can be written with <c>./</c> in front.</summary>
    private static bool IsConnectionString(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals >= 0
            && text[..equals].All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_');
    }

    private static (bool, string) OfKeywords(string text)
    {
        var first = text[..text.IndexOf('=', StringComparison.Ordinal)].Trim().ToLowerInvariant();
        try
        {
            return PostgresKeywords.Contains(first)
                ? (true, new NpgsqlConnectionStringBuilder(text).ToString())
                : (false, new SqliteConnectionStringBuilder(text).ToString());
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            // Without the driver's error as a cause, since that repeats parts of the text.
            throw Invalid("is not a connection string that Microsoft.Data.Sqlite or Npgsql takes");
        }
    }

    /// <summary><c>sqlite://x</c> is relative, as others read it; <c>//localhost/x</c> and <c>///x</c> are absolute.</summary>
    private static string SqliteUrl(string scheme, string rest)
    {
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var mode = (query < 0 ? "" : rest[(query + 1)..]) switch
        {
            "" or "mode=rwc" => SqliteOpenMode.ReadWriteCreate,
            "mode=rw" => SqliteOpenMode.ReadWrite,
            "mode=ro" => SqliteOpenMode.ReadOnly,
            _ => throw Invalid("has a URL parameter other than mode=ro, mode=rw or mode=rwc"),
        };
        var path = query < 0 ? rest : rest[..query];
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            var authority = path[2..].Split('/')[0];
            path =
                authority.Length == 0 ? path[2..]
                : authority == "localhost" ? path["//localhost".Length..]
                : scheme == "file" || authority.Contains('@', StringComparison.Ordinal)
                    ? throw Invalid("names a host or a user; SQLite files have none")
                : path[2..];
        }

        return OfFile(Uri.UnescapeDataString(path), mode);
    }

    private static string OfFile(
        string path,
        SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate
    ) =>
        path.Length == 0
            ? throw Invalid("names no file")
            : new SqliteConnectionStringBuilder
            {
                DataSource = Path.GetFullPath(path),
                Mode = mode,
            }.ToString();
}
