using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql;

/// <summary>Turns a DELETE or an UPDATE into a query that counts the rows which it would meet.</summary>
internal static class PostgresCountQuery
{
    /// <summary>The query, with the table as it is written; <see langword="null"/> where the statement is more than a table and a condition.</summary>
    public static string? Of(Statement statement)
    {
        var tokens = new PostgresTokens(statement.Sql);
        return tokens.Skip("DELETE", "FROM") ? OfDelete(statement.Sql, tokens)
            : tokens.Skip("UPDATE") ? OfUpdate(statement.Sql, tokens)
            : null;
    }

    private static string? OfDelete(string sql, PostgresTokens tokens)
    {
        var from = tokens;
        return TryPassTo(ref tokens, "WHERE") && TryPassTo(ref tokens, null)
            ? $"SELECT count(*) FROM {sql[^from.Left..].Trim()}"
            : null;
    }

    private static string? OfUpdate(string sql, PostgresTokens tokens)
    {
        var from = tokens;
        while (!tokens.AtEnd() && !tokens.Is("SET"))
        {
            tokens.Pass();
        }

        var count = $"SELECT count(*) FROM {from.TextTo(tokens).Trim()}";
        if (!TryPassTo(ref tokens, "WHERE"))
        {
            return null;
        }

        var condition = sql[^tokens.Left..].Trim();
        return TryPassTo(ref tokens, null) ? $"{count} {condition}".TrimEnd() : null;
    }

    /// <summary>Reads up to a word, or to the end where it does not come.</summary>
    /// <returns>Whether nothing else is met that takes part in what the statement finds or gives.</returns>
    private static bool TryPassTo(ref PostgresTokens tokens, string? word)
    {
        while (!tokens.AtEnd())
        {
            if (word is not null && tokens.Is(word))
            {
                return true;
            }

            if (
                tokens.Is("USING")
                || tokens.Is("RETURNING")
                || tokens.Skip("CURRENT", "OF")
                || (word is not null && tokens.Is("FROM"))
            )
            {
                return false;
            }

            if (!tokens.Skip("DISTINCT", "FROM") && !tokens.SkipNested())
            {
                tokens.Pass();
            }
        }

        return true;
    }
}
