using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql;

/// <summary>Finds how a text of SQL ends as PostgreSQL reads it.</summary>
internal static class PostgresTextEnd
{
    /// <summary>Reads the text, behind which more may be put.</summary>
    public static SqlTextEnd Of(string sql)
    {
        var tokens = new PostgresTokens(sql);
        var isComplete = true;
        while (!tokens.AtEnd())
        {
            isComplete = tokens.Next() is ";";
        }

        var open = tokens.End.Open;
        var from = open == OpenPart.None ? sql.Length : sql.Length - tokens.LeftBefore;
        return new SqlTextEnd(open, from, tokens.End.Depth, isComplete);
    }
}
