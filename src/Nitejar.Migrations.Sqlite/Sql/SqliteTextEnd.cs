using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Sql;

/// <summary>Finds how a text of SQL ends as SQLite reads it.</summary>
internal static class SqliteTextEnd
{
    /// <summary>Reads the text, behind which more may be put.</summary>
    public static SqlTextEnd Of(string sql)
    {
        // With something behind it, a slash and a star at the end begin a comment.
        var tokens = new SqliteTokens(
            sql.EndsWith("/*", StringComparison.Ordinal) ? sql + " " : sql
        );
        var length = tokens.Left;
        var isComplete = true;
        while (!tokens.AtEnd())
        {
            isComplete = tokens.Skip(";");
            if (!isComplete)
            {
                tokens.Pass();
            }
        }

        var from = tokens.Open == OpenPart.None ? sql.Length : length - tokens.LeftBefore;
        return new SqlTextEnd(tokens.Open, from, Depth: 1, isComplete);
    }
}
