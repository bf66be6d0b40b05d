using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>
/// Understands what names a database of one kind: a URL, an ADO.NET string or a path. Nothing is opened. Its errors are
/// parts of a sentence, and never repeat the text, which may hold a secret.
/// </summary>
public interface IConnectionText
{
    /// <summary>The schemes of its URLs, in small letters; the one to recommend first.</summary>
    IReadOnlyList<string> UrlSchemes { get; }

    /// <summary>Keywords that begin an ADO.NET string of this kind and of no other, in small letters.</summary>
    IReadOnlyList<string> FirstKeywords { get; }

    /// <summary>Whether a path names a database of this kind.</summary>
    bool KnowsPaths { get; }

    /// <summary>Returns a connection in each form, to be shown.</summary>
    /// <param name="database">The name of a database.</param>
    ConnectionExamples ExamplesFor(string database);

    /// <summary>Reads a URL.</summary>
    /// <param name="scheme">One of <see cref="UrlSchemes"/>.</param>
    /// <param name="rest">What follows the colon.</param>
    /// <param name="context">What the text leaves out.</param>
    /// <exception cref="FormatException">It is not one.</exception>
    IDatabase ReadUrl(string scheme, string rest, ConnectionContext context);

    /// <summary>Reads an ADO.NET string.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    IDatabase ReadAdo(string text, ConnectionContext context);

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">It is not one, or this kind of database has none.</exception>
    IDatabase ReadPath(string path, ConnectionContext context);
}

/// <summary>A connection in each form.</summary>
/// <param name="Path">A path; <see langword="null"/> where there are none.</param>
/// <param name="Url">A URL.</param>
/// <param name="Ado">How an ADO.NET string begins.</param>
public sealed record ConnectionExamples(string? Path, string Url, string Ado);

/// <summary>What the text of a connection leaves out.</summary>
/// <param name="Program">The name by which a server knows the program.</param>
/// <param name="Folder">Where relative paths start.</param>
/// <param name="Variable">Returns an environment variable: psql's fill in what the text of a connection to a server leaves out.</param>
public sealed record ConnectionContext(
    string Program,
    string Folder,
    Func<string, string?> Variable
)
{
    /// <summary>The table of applied versions.</summary>
    public VersionTable VersionTable { get; init; } = VersionTable.Standard;

    /// <summary>Whether a file without a byte is an empty database.</summary>
    public bool AllowsEmptyFile { get; init; }

    /// <summary>Whether an engine may be used on which nothing was tested, where the driver knows of it.</summary>
    public bool AllowsUntestedEngine { get; init; }

    /// <summary>Returns the password of a connection that is opened, with <see langword="true"/> another one, since the server has refused the last; <see langword="null"/> where the text or a file has it.</summary>
    public Func<bool, string>? AskPassword { get; init; }

    /// <summary>Hears of a secret of the connection, wherever it was found, so that it can be kept out of all output.</summary>
    public Action<string?> OnSecret { get; init; } = static _ => { };
}
