using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Sql;

/// <summary>Reads what the words of a statement say of it.</summary>
internal static class SqliteStatement
{
    /// <summary>Reads one statement.</summary>
    public static Statement Parse(string sql)
    {
        var tokens = new SqliteTokens(sql);
        tokens.SkipEmptyStatements();
        return tokens.Next().ToUpperInvariant() switch
        {
            "CREATE" => SqliteSchemaStatement.Create(sql, tokens),
            "BEGIN" or "COMMIT" or "END" => new Statement(sql, []) { ControlsTransaction = true },
            "ROLLBACK" => Rollback(sql, tokens),
            "DROP" => SqliteSchemaStatement.Drop(sql, tokens),
            "ALTER" => SqliteSchemaStatement.Alter(sql, tokens),
            "DELETE" when tokens.Skip("FROM") => SqliteRowStatement.Delete(sql, tokens),
            "INSERT" when tokens.Skip("INTO") => SqliteRowStatement.Insert(sql, tokens),
            "UPDATE" when !tokens.Skip("OR") => SqliteRowStatement.Update(sql, tokens),
            "INSERT" when tokens.Skip("OR") => SqliteRowStatement.Alternative(sql, tokens),
            "UPDATE" => SqliteRowStatement.Alternative(sql, tokens),
            "REPLACE" => new Statement(sql, []) { ReplacesRows = true },
            "WITH" => SqliteRowStatement.With(sql, tokens),
            _ => new Statement(sql, []),
        };
    }

    /// <summary>Whether a statement declares what becomes of rows whose parent is deleted or changed.</summary>
    public static bool DeclaresAction(Statement statement) =>
        (statement.OnlyAdds || statement.IsOpaque)
        && HasWords(statement.Sql, "ON", ["DELETE", "UPDATE"]);

    /// <summary>Whether SQLite refuses or ignores the statement inside a transaction.</summary>
    public static bool RefusesTransaction(string sql)
    {
        var tokens = new SqliteTokens(sql);
        tokens.SkipEmptyStatements();
        return tokens.Next().ToUpperInvariant() is "VACUUM" or "PRAGMA" or "ATTACH" or "DETACH";
    }

    /// <summary>Adds every word and name of a statement, in lower case.</summary>
    public static void AddWords(string sql, ISet<string> words)
    {
        var tokens = new SqliteTokens(sql);
        while (!tokens.AtEnd())
        {
            words.Add(tokens.Next().ToLowerInvariant());
        }
    }

    /// <summary><c>ROLLBACK TO</c> goes back to a savepoint inside the transaction, which is harmless.</summary>
    private static Statement Rollback(string sql, SqliteTokens tokens)
    {
        tokens.Skip("TRANSACTION");
        return new Statement(sql, []) { ControlsTransaction = !tokens.Skip("TO") };
    }

    private static bool HasWords(string sql, string first, string[] second)
    {
        var tokens = new SqliteTokens(sql);
        while (!tokens.AtEnd())
        {
            if (!tokens.Skip(first))
            {
                _ = tokens.Next();
                continue;
            }

            foreach (var word in second)
            {
                if (tokens.Skip(word))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
