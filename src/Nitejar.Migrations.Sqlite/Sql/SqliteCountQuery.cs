using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Sql;

/// <summary>Turns a DELETE or an UPDATE into a query that counts the rows which it would meet.</summary>
internal static class SqliteCountQuery
{
    /// <summary>The query; <see langword="null"/> where the statement is more than a table and a condition.</summary>
    public static string? Of(Statement statement)
    {
        var tokens = new SqliteTokens(statement.Sql);
        while (tokens.Skip(";"))
        {
            // As when parsing.
        }

        return statement.Has(EffectKind.Delete) && tokens.Skip("DELETE")
                ? $"SELECT count(*) {statement.Sql[^tokens.Left..]}"
            : statement.Has(EffectKind.Update) && tokens.Skip("UPDATE")
                ? OfUpdate(statement, tokens)
            : null;
    }

    private static string? OfUpdate(Statement statement, SqliteTokens tokens)
    {
        var count = $"SELECT count(*) FROM main.{Identifier.Quote(statement.Effects[0].Name)}";
        while (!tokens.AtEnd())
        {
            if (tokens.SkipParentheses())
            {
                continue;
            }

            if (tokens.Skip("WHERE"))
            {
                return $"{count} WHERE {statement.Sql[^tokens.Left..]}";
            }

            if (tokens.Skip("FROM") || tokens.Skip("RETURNING"))
            {
                return null;
            }

            tokens.Pass();
        }

        return count;
    }
}
