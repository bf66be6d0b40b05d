using System.Buffers;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Secrets;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>Understands a connection: an ADO.NET string, a URL or a plain path. Its errors never repeat the text.</summary>
/// <param name="source">Where the text came from, for errors: <c>--connection</c>, <c>DATABASE_URL</c>.</param>
/// <param name="baseFolder">Where relative paths start.</param>
/// <param name="program">The program, whose drivers read the text.</param>
internal sealed class ConnectionParser(string source, string baseFolder, HostedProgram program)
{
    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+"
    );
    private static readonly SearchValues<char> InNamesOfFiles = SearchValues.Create("/\\.:=");

    /// <summary>Whether <c>nitejar</c> is a file. Where a secret may have been put by mistake, it would become the name of a new database.</summary>
    public bool AllowsBareWord { get; init; }

    /// <summary>Whether a file without a byte is an empty database.</summary>
    public bool AllowsEmptyFile { get; init; }

    /// <summary>Whether an engine may be used on which nothing was tested.</summary>
    public bool AllowsUntestedEngine { get; init; }

    /// <summary>What a connection to a server is given besides; <see langword="null"/> for nothing.</summary>
    public PasswordCommand? Password { get; init; }

    /// <summary>Keeps what is found elsewhere than in the text out of all output.</summary>
    public Action<string?> OnSecret { get; init; } = static _ => { };

    /// <summary>Parses. Nothing is opened.</summary>
    /// <exception cref="InvalidRequestException">It is none of the three.</exception>
    public IDatabase Parse(string text)
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

        try
        {
            var database = Read(connection);
            RequireHarmless(database.File);
            return Password is null || database.File is null
                ? database
                : throw new FormatException("names a file, and --password-command is for servers");
        }
        catch (FormatException e)
        {
            // Not as a cause: a library's own message may repeat parts of the text.
            throw Invalid(e.Message);
        }
    }

    /// <exception cref="FormatException">It is none of the three; the message is a part of a sentence.</exception>
    private IDatabase Read(string connection)
    {
        var context = program.ConnectionsIn(baseFolder) with
        {
            AllowsEmptyFile = AllowsEmptyFile,
            AllowsUntestedEngine = AllowsUntestedEngine,
            AskPassword = Password is null ? null : Password.Ask,
            OnSecret = OnSecret,
        };
        if (SchemeOf(connection) is { } scheme)
        {
            return ByScheme(scheme).ReadUrl(scheme, connection[(scheme.Length + 1)..], context);
        }

        if (FirstKeywordOf(connection) is { } keyword)
        {
            return ByKeyword(keyword).ReadAdo(connection, context);
        }

        return (Find(text => text.KnowsPaths) ?? First).ReadPath(connection, context);
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
    private static string? FirstKeywordOf(string connection)
    {
        var equals = connection.IndexOf('=', StringComparison.Ordinal);
        return
            equals >= 0
            && connection[..equals].All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_')
            ? connection[..equals].Trim().ToLowerInvariant()
            : null;
    }

    private IConnectionText First => program.Drivers[0].Connections;

    private IConnectionText? Find(Func<IConnectionText, bool> isIt)
    {
        foreach (var driver in program.Drivers)
        {
            if (isIt(driver.Connections))
            {
                return driver.Connections;
            }
        }

        return null;
    }

    private IConnectionText ByScheme(string scheme) =>
        Find(text => text.UrlSchemes.Contains(scheme))
        ?? throw new FormatException(
            $"has a scheme that is none of {string.Join(
                ", ",
                program.Drivers.SelectMany(driver => driver.Connections.UrlSchemes).Select(known => known + ":")
            )}"
        );

    /// <summary>A keyword that no kind begins with alone is for the first one to judge.</summary>
    private IConnectionText ByKeyword(string keyword) =>
        Find(text => text.FirstKeywords.Contains(keyword)) ?? First;

    /// <summary>The name of a file is printed, and the file would be made.</summary>
    private void RequireHarmless(string? file)
    {
        if (file is null)
        {
            return;
        }

        if (LiteralSecret.In(file) is not null || SecretShapes.KindOf(file) is not null)
        {
            throw Invalid(
                "holds a password, key or token where the name of a file should be; SQLite files have none"
            );
        }

        RequirePrintable(file);
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

    private InvalidRequestException Invalid(string problem) => new($"{source} {problem}.", Forms());

    private string Forms()
    {
        var examples = program
            .Drivers.Select(driver => driver.Connections.ExamplesFor(program.DefaultDatabase))
            .ToArray();
        var path = examples
            .Select(example => example.Path)
            .FirstOrDefault(known => known is not null);
        var urls = string.Join(", ", examples.Select(example => example.Url));
        var strings = string.Join(", ", examples.Select(example => example.Ado));
        return $"Give {(path is null ? "" : $"a path ({path}), ")}a URL ({urls}) or an ADO.NET string ({strings}).";
    }
}
