using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql;

/// <summary>
/// Finds statements that would break the session of the run: its connection, its lock, or the settings by which its SQL
/// is read. The server itself keeps a migration within the rights of its role.
/// </summary>
internal static class PostgresRestrictions
{
    private const string Encoding = "client_encoding";
    private const string Quoting = "standard_conforming_strings";
    private const string ChangesEncoding =
        "a migration must not change client_encoding: its SQL is sent as UTF-8";
    private const string ChangesQuoting =
        "a migration must not change standard_conforming_strings, which decides where a text ends";

    private const string ResetsAll =
        "a migration must not reset all settings of the session, on which the run depends";

    private static readonly string[] On = ["on", "true", "yes", "1"];
    private static readonly string[] Utf8 = ["UTF8", "UTF-8", "UNICODE"];

    /// <summary>Why a statement must not be executed; <see langword="null"/> for most.</summary>
    public static string? FindViolation(string sql)
    {
        if (sql.Contains('\0', StringComparison.Ordinal))
        {
            return "the SQL holds a NUL, where PostgreSQL would stop";
        }

        foreach (var statement in PostgresCode.StatementsOf(sql))
        {
            if (OfWords(statement) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    private static string? OfWords(string sql)
    {
        var tokens = new PostgresTokens(sql);
        return tokens.Skip("COPY") ? OfCopy(tokens)
            : tokens.Skip("SET") ? OfSet(tokens)
            : tokens.Skip("RESET") ? OfReset(tokens)
            : tokens.Skip("DISCARD", "ALL") ? ResetsAll
            : OfCalls(tokens);
    }

    private static string? OfCopy(PostgresTokens tokens)
    {
        tokens.PassCopied();
        return tokens.SkipOneOf("STDIN", "STDOUT")
            ? "a migration must not copy rows from STDIN or to STDOUT, which would close the connection"
            : null;
    }

    private static string? OfSet(PostgresTokens tokens)
    {
        _ = tokens.SkipOneOf("SESSION", "LOCAL");
        if (tokens.Skip("NAMES"))
        {
            return OfValue(Encoding, tokens.NextValue());
        }

        var setting = tokens.NextName();
        _ = tokens.SkipOneOf("TO", "=");
        return OfValue(setting, tokens.NextValue());
    }

    private static string? OfReset(PostgresTokens tokens) =>
        tokens.Is("ALL") ? ResetsAll : OfValue(tokens.NextName(), value: null);

    private static string? OfValue(string? setting, string? value) =>
        Is(setting, Quoting) && !IsOneOf(value, On) ? ChangesQuoting
        : Is(setting, Encoding) && !IsOneOf(value, Utf8) ? ChangesEncoding
        : null;

    /// <summary>Functions that do the same.</summary>
    private static string? OfCalls(PostgresTokens tokens)
    {
        while (!tokens.AtEnd())
        {
            if (tokens.Skip("pg_advisory_unlock_all", "("))
            {
                return "a migration must not release the lock of the run";
            }

            if (!tokens.Skip("set_config", "("))
            {
                _ = tokens.Next();
                continue;
            }

            var setting = tokens.NextValue();
            tokens.Skip(",");
            if (OfValue(setting, tokens.NextValue()) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    private static bool IsOneOf(string? value, string[] allowed) =>
        Array.Exists(allowed, word => Is(value, word));

    private static bool Is(string? value, string word) =>
        word.Equals(value, StringComparison.OrdinalIgnoreCase);
}
