namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>What kind of statement it is, as far as rows and transactions are concerned.</summary>
internal enum StatementKind
{
    /// <summary>Adds an object or a plain column; cannot touch rows that exist.</summary>
    Additive,

    /// <summary>BEGIN, COMMIT, END, ROLLBACK: would end the transaction that holds the run together.</summary>
    TransactionControl,

    /// <summary>Drops a table with its rows.</summary>
    DropTable,

    /// <summary>Drops a column with its values.</summary>
    DropColumn,

    /// <summary>Gives a table another name.</summary>
    RenameTable,

    /// <summary>Gives a column another name.</summary>
    RenameColumn,

    /// <summary>Deletes rows.</summary>
    Delete,

    /// <summary>Changes rows.</summary>
    Update,

    /// <summary>Adds rows and by itself changes none; a trigger or a constraint with REPLACE may.</summary>
    Insert,

    /// <summary>Anything else; may touch rows.</summary>
    Other,
}

/// <summary>A statement and what its words say of it.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Table">The table that loses or gets something, or the object that is added; <see langword="null"/> where the kind has none.</param>
/// <param name="Column">The column that is dropped, added or renamed; <see langword="null"/> where none is.</param>
/// <param name="NewName">What a table or a column is called from here on; <see langword="null"/> where nothing is renamed.</param>
internal sealed record SqliteStatement(
    string Sql,
    StatementKind Kind,
    string? Table = null,
    string? Column = null,
    string? NewName = null
)
{
    /// <summary>The columns that an UPDATE sets; empty for every other kind.</summary>
    public IReadOnlyList<string> ChangedColumns { get; private init; } = [];

    /// <summary>Whether it makes a table of the rows that a query finds (<c>CREATE TABLE ... AS</c>).</summary>
    public bool MakesTableOfQuery { get; private init; }

    /// <summary>Whether it inserts rows that it lists itself (<c>VALUES</c>), rather than rows from elsewhere.</summary>
    public bool InsertsValues { get; private init; }

    /// <summary>Whether it removes the rows that are in the way of what it writes.</summary>
    public bool ReplacesRows { get; private init; }

    /// <summary>Whether it declares what becomes of rows whose parent is deleted or changed.</summary>
    public bool DeclaresAction =>
        Kind is StatementKind.Additive or StatementKind.Other
        && HasWords("ON", ["DELETE", "UPDATE"]);

    public static SqliteStatement Parse(string sql)
    {
        var tokens = new SqliteTokens(sql);
        tokens.SkipEmptyStatements();
        return tokens.Next().ToUpperInvariant() switch
        {
            "CREATE" => Create(sql, tokens),
            "BEGIN" or "COMMIT" or "END" => new SqliteStatement(
                sql,
                StatementKind.TransactionControl
            ),
            "ROLLBACK" => Rollback(sql, tokens),
            "DROP" when tokens.Skip("TABLE") => DropTable(sql, tokens),
            "ALTER" => Alter(sql, tokens),
            "DELETE" when tokens.Skip("FROM") => new SqliteStatement(
                sql,
                StatementKind.Delete,
                tokens.NextName()
            ),
            "INSERT" when tokens.Skip("INTO") => Insert(sql, tokens),
            "UPDATE" when !tokens.Skip("OR") => Update(sql, tokens),
            "INSERT" when tokens.Skip("OR") => Alternative(sql, tokens),
            "UPDATE" => Alternative(sql, tokens),
            "REPLACE" => new SqliteStatement(sql, StatementKind.Other) { ReplacesRows = true },
            "WITH" => With(sql, tokens),
            _ => new SqliteStatement(sql, StatementKind.Other),
        };
    }

    /// <summary>Whether SQLite refuses or ignores the statement inside a transaction.</summary>
    public static bool RefusesTransaction(string sql)
    {
        var tokens = new SqliteTokens(sql);
        tokens.SkipEmptyStatements();
        return tokens.Next().ToUpperInvariant() is "VACUUM" or "PRAGMA" or "ATTACH" or "DETACH";
    }

    /// <summary>Adds every word and name of the statement, in lower case.</summary>
    public void AddWordsTo(HashSet<string> words)
    {
        var tokens = new SqliteTokens(Sql);
        while (!tokens.AtEnd())
        {
            words.Add(tokens.Next().ToLowerInvariant());
        }
    }

    /// <summary><c>ROLLBACK TO</c> goes back to a savepoint inside the transaction, which is harmless.</summary>
    private static SqliteStatement Rollback(string sql, SqliteTokens tokens)
    {
        tokens.Skip("TRANSACTION");
        return new SqliteStatement(
            sql,
            tokens.Skip("TO") ? StatementKind.Other : StatementKind.TransactionControl
        );
    }

    private static SqliteStatement Create(string sql, SqliteTokens tokens)
    {
        string[] kinds = ["TABLE", "INDEX", "VIEW", "TRIGGER"];
        var isTable = false;
        while (tokens.Next() is { Length: > 0 } word)
        {
            if (kinds.Contains(word.ToUpperInvariant()))
            {
                isTable = word.Equals("TABLE", StringComparison.OrdinalIgnoreCase);
                break;
            }
        }

        if (tokens.Skip("IF"))
        {
            tokens.Skip("NOT");
            tokens.Skip("EXISTS");
        }

        return new SqliteStatement(sql, StatementKind.Additive, tokens.NextName())
        {
            MakesTableOfQuery = isTable && tokens.Skip("AS"),
        };
    }

    private static SqliteStatement DropTable(string sql, SqliteTokens tokens)
    {
        if (tokens.Skip("IF"))
        {
            tokens.Skip("EXISTS");
        }

        return new SqliteStatement(sql, StatementKind.DropTable, tokens.NextName());
    }

    /// <summary>An upsert changes rows. It is told by its words, wherever they stand: too many are taken for one.</summary>
    private static SqliteStatement Insert(string sql, SqliteTokens tokens)
    {
        var table = tokens.NextName();
        var afterTable = tokens;
        while (!tokens.AtEnd())
        {
            if (tokens.Skip("DO") && tokens.Skip("UPDATE"))
            {
                return new SqliteStatement(sql, StatementKind.Other);
            }

            tokens.Pass();
        }

        SkipParentheses(ref afterTable);
        return new SqliteStatement(sql, StatementKind.Insert, table)
        {
            InsertsValues = afterTable.Skip("VALUES") || afterTable.Skip("DEFAULT"),
        };
    }

    /// <summary><c>INSERT OR ...</c> and <c>UPDATE OR ...</c>, from the word behind.</summary>
    private static SqliteStatement Alternative(string sql, SqliteTokens tokens) =>
        new(sql, StatementKind.Other) { ReplacesRows = tokens.Skip("REPLACE") };

    private static SqliteStatement Update(string sql, SqliteTokens tokens)
    {
        var table = tokens.NextName();
        while (!tokens.AtEnd() && !tokens.Skip("SET"))
        {
            _ = tokens.Next();
        }

        var columns = new List<string>();
        do
        {
            AddAssigned(columns, ref tokens);
        } while (SkipExpression(ref tokens));

        return new SqliteStatement(sql, StatementKind.Update, table) { ChangedColumns = columns };
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
            if (SkipParentheses(ref tokens))
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

    /// <summary>Takes everything up to the parenthesis that closes the one which comes next, if one does.</summary>
    private static bool SkipParentheses(ref SqliteTokens tokens)
    {
        if (!tokens.Skip("("))
        {
            return false;
        }

        for (var depth = 1; depth > 0 && !tokens.AtEnd(); )
        {
            if (tokens.Skip("("))
            {
                depth++;
            }
            else if (tokens.Skip(")"))
            {
                depth--;
            }
            else
            {
                tokens.Pass();
            }
        }

        return true;
    }

    private bool HasWords(string first, string[] second)
    {
        var tokens = new SqliteTokens(Sql);
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

    /// <summary>What follows the common table expressions, which stand in parentheses, says what it is.</summary>
    private static SqliteStatement With(string sql, SqliteTokens tokens)
    {
        while (!tokens.AtEnd())
        {
            if (SkipParentheses(ref tokens))
            {
                continue;
            }

            if (tokens.Skip("DELETE") && tokens.Skip("FROM"))
            {
                return new SqliteStatement(sql, StatementKind.Delete, tokens.NextName());
            }

            if (tokens.Skip("UPDATE") && !tokens.Skip("OR"))
            {
                return Update(sql, tokens);
            }

            _ = tokens.Next();
        }

        return new SqliteStatement(sql, StatementKind.Other);
    }

    private static SqliteStatement Alter(string sql, SqliteTokens tokens)
    {
        tokens.Skip("TABLE");
        var table = tokens.NextName();
        if (tokens.Skip("DROP"))
        {
            tokens.Skip("COLUMN");
            return new SqliteStatement(sql, StatementKind.DropColumn, table, tokens.Next());
        }

        if (tokens.Skip("RENAME"))
        {
            return Rename(sql, table, tokens);
        }

        if (!tokens.Skip("ADD"))
        {
            return new SqliteStatement(sql, StatementKind.Other);
        }

        // With foreign keys off, a column that refers to a parent may be added with a value that has none.
        tokens.Skip("COLUMN");
        var refers = sql.Contains("REFERENCES", StringComparison.OrdinalIgnoreCase);
        return new SqliteStatement(
            sql,
            refers ? StatementKind.Other : StatementKind.Additive,
            table,
            tokens.Next()
        );
    }

    private static SqliteStatement Rename(string sql, string table, SqliteTokens tokens)
    {
        if (tokens.Skip("TO"))
        {
            return new SqliteStatement(
                sql,
                StatementKind.RenameTable,
                table,
                NewName: tokens.Next()
            );
        }

        tokens.Skip("COLUMN");
        var column = tokens.Next();
        return tokens.Skip("TO")
            ? new SqliteStatement(sql, StatementKind.RenameColumn, table, column, tokens.Next())
            : new SqliteStatement(sql, StatementKind.Other);
    }
}
