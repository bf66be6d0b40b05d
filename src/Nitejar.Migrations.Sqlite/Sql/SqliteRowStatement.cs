using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Sql;

/// <summary>Reads statements that add, change and remove rows, each from behind its first words.</summary>
internal static class SqliteRowStatement
{
    public static Statement Delete(string sql, SqliteTokens tokens) =>
        new(sql, [new Effect(EffectKind.Delete, tokens.NextObject())]);

    /// <summary>An upsert changes rows. It is told by its words, wherever they stand: too many are taken for one.</summary>
    public static Statement Insert(string sql, SqliteTokens tokens)
    {
        var table = tokens.NextObject();
        var afterTable = tokens;
        while (!tokens.AtEnd())
        {
            if (tokens.Skip("DO") && tokens.Skip("UPDATE"))
            {
                return new Statement(sql, []);
            }

            tokens.Pass();
        }

        var columns = sql.AsSpan()[^afterTable.Left..];
        var isListed = afterTable.SkipParentheses();
        var source = sql[^afterTable.Left..];
        var insertsValues = afterTable.Skip("VALUES") || afterTable.Skip("DEFAULT");
        var isQuery = afterTable.Skip("SELECT") || afterTable.Skip("WITH");
        return new Statement(sql, [new Effect(EffectKind.Insert, table)])
        {
            InsertsValues = insertsValues,
            InsertedColumns = isListed ? columns[..^source.Length].ToString() : null,
            Query = isQuery ? source : null,
        };
    }

    /// <summary><c>INSERT OR ...</c> and <c>UPDATE OR ...</c>, from the word behind.</summary>
    public static Statement Alternative(string sql, SqliteTokens tokens) =>
        new(sql, []) { ReplacesRows = tokens.Skip("REPLACE") };

    public static Statement Update(string sql, SqliteTokens tokens)
    {
        var table = tokens.NextObject();
        while (!tokens.AtEnd() && !tokens.Skip("SET"))
        {
            _ = tokens.Next();
        }

        var columns = new List<string>();
        do
        {
            AddAssigned(columns, ref tokens);
        } while (SkipExpression(ref tokens));

        return new Statement(
            sql,
            [.. columns.Select(column => new Effect(EffectKind.Update, table, column))]
        );
    }

    /// <summary>Takes one column, or several in parentheses.</summary>
    private static void AddAssigned(List<string> columns, ref SqliteTokens tokens)
    {
        if (!tokens.Skip("("))
        {
            columns.Add(tokens.Next());
            return;
        }

        while (!tokens.AtEnd() && !tokens.Skip(")"))
        {
            if (!tokens.Skip(","))
            {
                columns.Add(tokens.Next());
            }
        }
    }

    /// <summary>Takes what is assigned.</summary>
    /// <returns>Whether a comma follows it, and so another column.</returns>
    private static bool SkipExpression(ref SqliteTokens tokens)
    {
        while (!tokens.AtEnd())
        {
            if (tokens.SkipParentheses())
            {
                continue;
            }

            if (tokens.Skip(","))
            {
                return true;
            }

            if (tokens.Skip("WHERE") || tokens.Skip("FROM") || tokens.Skip("RETURNING"))
            {
                return false;
            }

            _ = tokens.Next();
        }

        return false;
    }

    /// <summary>What follows the common table expressions, which stand in parentheses, says what it is.</summary>
    public static Statement With(string sql, SqliteTokens tokens)
    {
        while (!tokens.AtEnd())
        {
            if (tokens.SkipParentheses())
            {
                continue;
            }

            if (tokens.Skip("DELETE") && tokens.Skip("FROM"))
            {
                return Delete(sql, tokens);
            }

            if (tokens.Skip("UPDATE") && !tokens.Skip("OR"))
            {
                return Update(sql, tokens);
            }

            _ = tokens.Next();
        }

        return new Statement(sql, []);
    }
}
