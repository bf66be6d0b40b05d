using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Sql;

/// <summary>How psql cuts scripts into the statements that it sends to a server.</summary>
internal static class PsqlStatements
{
    private const string Begin = "********* QUERY **********\n";
    private const string End = "\n**************************\n";
    private const string Blanks = " \t\n\f\r";
    private const string Next = "SELECT 'the next script'";

    /// <summary>For each script what was sent, without semicolons and the blanks around it.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(
        ThrowawayDatabase database,
        IReadOnlyList<string> scripts
    )
    {
        using var folder = new TemporaryFolder();
        var log = folder["log"];
        var arguments = new List<string> { "-o", "/dev/null", "-L", log };
        for (var number = 0; number < scripts.Count; number++)
        {
            var file = folder[$"{number}.sql"];
            File.WriteAllText(file, scripts[number]);
            arguments.AddRange("-f", file, "-c", Next);
        }

        PostgresServer.Shared().PsqlWith(database.Name, [.. arguments]).Run();
        return [.. Read(File.ReadAllText(log))];
    }

    private static IEnumerable<IReadOnlyList<string>> Read(string log)
    {
        var sent = new List<string>();
        for (var at = 0; (at = log.IndexOf(Begin, at, StringComparison.Ordinal)) >= 0; )
        {
            at += Begin.Length;
            var end = log.IndexOf(End, at, StringComparison.Ordinal);
            var statement = log[at..end];
            if (statement == Next)
            {
                yield return sent;
                sent = [];
            }
            else if (Normal(statement) is { Length: > 0 } text)
            {
                sent.Add(text);
            }
        }
    }

    /// <summary>
    /// Without what does not matter: psql sends the semicolon, drops empty lines and line comments at the beginning, and
    /// sends what is only a comment.
    /// </summary>
    public static string Normal(string statement)
    {
        var text = statement.TrimStart([.. Blanks]);
        while (text.StartsWith("--", StringComparison.Ordinal))
        {
            var end = text.AsSpan().IndexOfAny('\n', '\r');
            text = end < 0 ? "" : text[end..].TrimStart([.. Blanks]);
        }

        var tokens = new PostgresTokens(text);
        var isEmpty = tokens.AtEnd() || (tokens.Skip(";") && tokens.AtEnd());
        return isEmpty
            ? ""
            : string.Concat(text.Where(c => !Blanks.Contains(c, StringComparison.Ordinal)))
                .TrimEnd(';');
    }
}
