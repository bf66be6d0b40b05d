using System.Text;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;
using Nitejar.Migrations.Postgres.Sql.Parsing;

namespace Nitejar.Migrations.Postgres.Sql;

/// <summary>Reads what the words of a statement say of it.</summary>
internal static class PostgresStatement
{
    private const int LongestVerb = 16;

    /// <summary>Reads one statement.</summary>
    public static Statement Parse(string sql)
    {
        var tokens = new PostgresTokens(sql);
        Span<char> verb = stackalloc char[LongestVerb];
        return UpperOf(tokens.Next(), verb) switch
        {
            "CREATE" => PostgresCreate.Read(sql, tokens),
            "DROP" => PostgresDrop.Read(sql, tokens),
            "ALTER" => PostgresAlter.Read(sql, tokens),
            "COMMENT" or "GRANT" or "REVOKE" => PostgresAlter.ReadComment(sql, tokens),
            "LOCK" => PostgresAlter.ReadLock(sql, tokens),
            "INSERT" => PostgresInsert.Read(sql, tokens, []),
            "WITH" => PostgresRowStatement.ReadWith(sql, tokens),
            "UPDATE" or "DELETE" or "MERGE" or "TRUNCATE" or "COPY" or "SELECT" =>
                PostgresRowStatement.Read(sql),
            "BEGIN" or "START" or "COMMIT" or "END" or "ABORT" => Control(sql),
            "ROLLBACK" when !IsToSavepoint(tokens) => Control(sql),
            "PREPARE" when tokens.Is("TRANSACTION") => Control(sql),
            _ => Statement.Opaque(sql),
        };
    }

    /// <summary>Whether the server refuses the statement inside a transaction.</summary>
    public static bool RefusesTransaction(string sql)
    {
        var tokens = new PostgresTokens(sql);
        return tokens.Skip("VACUUM")
            || tokens.Skip("DISCARD", "ALL")
            || tokens.Skip("ALTER", "SYSTEM")
            || (tokens.SkipOneOf("CREATE", "DROP") && RefusesTransactionToMake(tokens))
            || (tokens.Skip("REINDEX") && RefusesTransactionToReindex(tokens))
            || (tokens.Skip("CLUSTER") && NamesNoTable(tokens))
            || (tokens.Skip("ALTER") && RefusesTransactionToAlter(tokens));
    }

    /// <summary>Whether the server refuses the statement while a constraint still has rows of its table to check.</summary>
    public static bool ChangesTables(string sql) =>
        new PostgresTokens(sql).SkipOneOf("ALTER", "CREATE", "DROP", "TRUNCATE");

    /// <summary>Whether it may drop types.</summary>
    public static bool DropsTypes(string sql)
    {
        var tokens = new PostgresTokens(sql);
        return tokens.Skip("DROP") && tokens.SkipOneOf("TYPE", "DOMAIN", "EXTENSION", "SCHEMA");
    }

    /// <summary>Adds every word and name of a statement, in lower case; of code that it holds as a text, too.</summary>
    public static void AddWords(string sql, ISet<string> words) =>
        AddWords(sql, words, PostgresCode.IsHeldBy(sql) ? PostgresCode.Deepest : 0);

    private static bool RefusesTransactionToMake(PostgresTokens tokens)
    {
        tokens.Skip("UNIQUE");
        return tokens.SkipOneOf("DATABASE", "TABLESPACE", "SUBSCRIPTION")
            || tokens.Skip("INDEX", "CONCURRENTLY");
    }

    private static bool RefusesTransactionToReindex(PostgresTokens tokens) =>
        (tokens.TryTakeNested(out var options) && Has(options, "CONCURRENTLY"))
        || tokens.SkipOneOf("SCHEMA", "DATABASE", "SYSTEM")
        || (tokens.SkipOneOf("INDEX", "TABLE") && tokens.Skip("CONCURRENTLY"));

    private static bool NamesNoTable(PostgresTokens tokens)
    {
        tokens.SkipNested();
        tokens.Skip("VERBOSE");
        return tokens.AtEnd();
    }

    private static bool RefusesTransactionToAlter(PostgresTokens tokens) =>
        tokens.Skip("SUBSCRIPTION")
        || (tokens.Skip("DATABASE") && Has(tokens, "TABLESPACE"))
        || (tokens.Skip("TABLE") && Has(tokens, "DETACH") && Has(tokens, "CONCURRENTLY"));

    private static bool Has(ReadOnlySpan<char> sql, string word) =>
        Has(new PostgresTokens(sql), word);

    private static bool Has(PostgresTokens tokens, string word)
    {
        while (!tokens.AtEnd())
        {
            if (Ascii.EqualsIgnoreCase(tokens.Next(), word))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddWords(ReadOnlySpan<char> sql, ISet<string> words, int depth)
    {
        var tokens = new PostgresTokens(sql);
        while (!tokens.AtEnd())
        {
            var word = tokens.Next();
            if (PostgresConstant.TextOf(word) is { } text)
            {
                if (depth > 0)
                {
                    AddWords(text, words, depth - 1);
                }
            }
            else if (PostgresName.Of(word, ref tokens) is { } name)
            {
                words.Add(name.ToLowerInvariant());
            }
        }
    }

    /// <summary><c>ROLLBACK TO</c> goes back to a savepoint inside the transaction, which is harmless.</summary>
    private static bool IsToSavepoint(PostgresTokens tokens)
    {
        _ = tokens.Skip("WORK") || tokens.Skip("TRANSACTION");
        return tokens.Is("TO");
    }

    private static Statement Control(string sql) => new(sql, []) { ControlsTransaction = true };

    private static ReadOnlySpan<char> UpperOf(ReadOnlySpan<char> word, Span<char> buffer) =>
        word.Length <= buffer.Length && Ascii.IsValid(word)
            ? buffer[..word.ToUpperInvariant(buffer)]
            : [];
}
