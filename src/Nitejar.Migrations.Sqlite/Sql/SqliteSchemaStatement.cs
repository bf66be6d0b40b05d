using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Sql;

/// <summary>Reads statements that make, change and drop objects, each from behind its first word.</summary>
internal static class SqliteSchemaStatement
{
    public static Statement Create(string sql, SqliteTokens tokens)
    {
        var isTemporary = tokens.Skip("TEMP") || tokens.Skip("TEMPORARY");
        var isUnique = tokens.Skip("UNIQUE");
        tokens.Skip("VIRTUAL");
        if (KindOf(ref tokens) is not { } kind)
        {
            return new Statement(sql, []);
        }

        var made = new Effect(kind, NameIn(ref tokens, out var onlyIfMissing))
        {
            IsTemporary = isTemporary,
            OnlyIfMissing = onlyIfMissing,
        };
        if (kind == EffectKind.MakeIndex)
        {
            made = made with { Table = tokens.Skip("ON") ? tokens.NextObject() : null };
        }

        List<Effect> parents =
            kind == EffectKind.MakeTable ? References(sql, made.Object, tokens) : [];
        return new Statement(sql, [made, .. parents])
        {
            MakesTableOfQuery = kind == EffectKind.MakeTable && tokens.Skip("AS"),
            MakesUnique = isUnique && made.Table is not null,
        };
    }

    public static Statement Drop(string sql, SqliteTokens tokens)
    {
        if (KindOf(ref tokens) is not { } kind)
        {
            return new Statement(sql, []);
        }

        if (tokens.Skip("IF"))
        {
            tokens.Skip("EXISTS");
        }

        return new Statement(
            sql,
            [
                new Effect(
                    kind == EffectKind.MakeTable ? EffectKind.DropTable : EffectKind.DropObject,
                    tokens.NextObject()
                ),
            ]
        );
    }

    public static Statement Alter(string sql, SqliteTokens tokens)
    {
        tokens.Skip("TABLE");
        var table = tokens.NextObject();
        if (tokens.Skip("DROP"))
        {
            tokens.Skip("COLUMN");
            return new Statement(sql, [new Effect(EffectKind.DropColumn, table, tokens.Next())]);
        }

        if (tokens.Skip("RENAME"))
        {
            return Rename(sql, table, tokens);
        }

        if (!tokens.Skip("ADD"))
        {
            return new Statement(sql, []);
        }

        tokens.Skip("COLUMN");
        var column = new Effect(EffectKind.AddColumn, table, tokens.Next());
        return new Statement(sql, [column, .. References(sql, table, tokens)]);
    }

    private static Statement Rename(string sql, ObjectName table, SqliteTokens tokens)
    {
        if (tokens.Skip("TO"))
        {
            var name = tokens.Next();
            return new Statement(sql, [new Effect(EffectKind.RenameTable, table, NewName: name)]);
        }

        tokens.Skip("COLUMN");
        var column = tokens.Next();
        return tokens.Skip("TO")
            ? new Statement(
                sql,
                [new Effect(EffectKind.RenameColumn, table, column, tokens.Next())]
            )
            : new Statement(sql, []);
    }

    private static EffectKind? KindOf(ref SqliteTokens tokens) =>
        tokens.Skip("TABLE") ? EffectKind.MakeTable
        : tokens.Skip("INDEX") ? EffectKind.MakeIndex
        : tokens.Skip("VIEW") ? EffectKind.MakeView
        : tokens.Skip("TRIGGER") ? EffectKind.MakeTrigger
        : null;

    private static ObjectName NameIn(ref SqliteTokens tokens, out bool onlyIfMissing)
    {
        onlyIfMissing = tokens.Skip("IF");
        if (onlyIfMissing)
        {
            tokens.Skip("NOT");
            tokens.Skip("EXISTS");
        }

        return tokens.NextObject();
    }

    /// <summary>The parents that a table or a column declares in the rest of its statement.</summary>
    private static List<Effect> References(string sql, ObjectName child, SqliteTokens tokens)
    {
        var parents = new List<Effect>();
        if (!SqlVerbs.MayHave(sql, "REFERENCES"))
        {
            return parents;
        }

        while (!tokens.AtEnd())
        {
            if (tokens.Skip("REFERENCES"))
            {
                parents.Add(new Effect(EffectKind.Refer, child) { Table = tokens.NextObject() });
            }
            else
            {
                tokens.Pass();
            }
        }

        return parents;
    }
}
