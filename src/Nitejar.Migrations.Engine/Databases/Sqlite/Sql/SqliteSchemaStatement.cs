using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Sql;

/// <summary>Reads statements that make, change and drop objects, each from behind its first words.</summary>
internal static class SqliteSchemaStatement
{
    public static Statement Create(string sql, SqliteTokens tokens)
    {
        string[] kinds = ["TABLE", "INDEX", "VIEW", "TRIGGER"];
        var isUnique = false;
        var kind = "";
        while (kind.Length == 0 && tokens.Next().ToUpperInvariant() is { Length: > 0 } word)
        {
            isUnique |= word == "UNIQUE";
            kind = kinds.Contains(word) ? word : "";
        }

        if (tokens.Skip("IF"))
        {
            tokens.Skip("NOT");
            tokens.Skip("EXISTS");
        }

        return new Statement(sql, StatementKind.Additive, tokens.NextName())
        {
            MakesTableOfQuery = kind == "TABLE" && tokens.Skip("AS"),
            MakesUnique = isUnique && tokens.Skip("ON") ? tokens.NextName() : null,
        };
    }

    public static Statement DropTable(string sql, SqliteTokens tokens)
    {
        if (tokens.Skip("IF"))
        {
            tokens.Skip("EXISTS");
        }

        return new Statement(sql, StatementKind.DropTable, tokens.NextName());
    }

    public static Statement Alter(string sql, SqliteTokens tokens)
    {
        tokens.Skip("TABLE");
        var table = tokens.NextName();
        if (tokens.Skip("DROP"))
        {
            tokens.Skip("COLUMN");
            return new Statement(sql, StatementKind.DropColumn, table, tokens.Next());
        }

        if (tokens.Skip("RENAME"))
        {
            return Rename(sql, table, tokens);
        }

        if (!tokens.Skip("ADD"))
        {
            return new Statement(sql, StatementKind.Other);
        }

        // With foreign keys off, a column that refers to a parent may be added with a value that has none.
        tokens.Skip("COLUMN");
        var refers = sql.Contains("REFERENCES", StringComparison.OrdinalIgnoreCase);
        return new Statement(
            sql,
            refers ? StatementKind.Other : StatementKind.Additive,
            table,
            tokens.Next()
        );
    }

    private static Statement Rename(string sql, string table, SqliteTokens tokens)
    {
        if (tokens.Skip("TO"))
        {
            return new Statement(sql, StatementKind.RenameTable, table, NewName: tokens.Next());
        }

        tokens.Skip("COLUMN");
        var column = tokens.Next();
        return tokens.Skip("TO")
            ? new Statement(sql, StatementKind.RenameColumn, table, column, tokens.Next())
            : new Statement(sql, StatementKind.Other);
    }
}
