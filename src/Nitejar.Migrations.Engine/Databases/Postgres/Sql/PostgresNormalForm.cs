using System.Text;
using Nitejar.Migrations.Engine.Databases.Postgres.Sql.Lexing;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Postgres.Sql;

/// <summary>
/// Normalizes SQL for comparison. The catalog's texts (<c>pg_get_expr</c>, <c>pg_get_indexdef</c>) are the server's own
/// and alike as they are but for the blanks in them.
/// </summary>
internal static class PostgresNormalForm
{
    /// <summary>Normalizes an expression or a whole statement.</summary>
    public static SqlText Of(string sql) => new(sql, Write);

    private static string Write(string sql)
    {
        var text = new StringBuilder(sql.Length);
        var tokens = new PostgresTokens(sql);
        var left = tokens.Left;
        while (!tokens.AtEnd())
        {
            var gap = left - tokens.Left;
            text.Append(text.Length > 0 && gap > 0 ? " " : "").Append(tokens.Next());
            left = tokens.Left;
        }

        return text.ToString();
    }
}
