using System.Text;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>Reads statements that make objects, from behind CREATE.</summary>
internal static class PostgresCreate
{
    /// <summary>The schema whose objects are gone with the connection.</summary>
    public const string Temporary = "pg_temp";

    /// <summary>Kinds of objects that hold no rows, and touch none when they are made.</summary>
    private static readonly string[] Plain =
    [
        "SEQUENCE",
        "TYPE",
        "DOMAIN",
        "FUNCTION",
        "PROCEDURE",
        "AGGREGATE",
        "SCHEMA",
        "POLICY",
        "STATISTICS",
        "COLLATION",
    ];

    public static Statement Read(string sql, PostgresTokens tokens)
    {
        var replaces = tokens.Skip("OR", "REPLACE");
        _ = tokens.Skip("GLOBAL") || tokens.Skip("LOCAL");
        var isTemporary = tokens.Skip("TEMP") || tokens.Skip("TEMPORARY");
        _ = tokens.Skip("UNLOGGED") || tokens.Skip("RECURSIVE") || tokens.Skip("CONSTRAINT");
        if (tokens.Skip("TABLE"))
        {
            return Table(sql, tokens, isTemporary);
        }

        var isUnique = tokens.Skip("UNIQUE");
        if (tokens.Skip("INDEX"))
        {
            return Index(sql, tokens, isUnique);
        }

        var isStored = tokens.Skip("MATERIALIZED");
        return tokens.Skip("VIEW") ? View(sql, tokens, (isTemporary, replaces, isStored))
            : tokens.Skip("TRIGGER") ? Trigger(sql, tokens, replaces)
            : tokens.SkipOneOf(Plain) ? PlainObject(sql, tokens)
            : Statement.Opaque(sql);
    }

    private static Statement Table(string sql, PostgresTokens tokens, bool isTemporary)
    {
        var onlyIfMissing = tokens.SkipIfNotExists();
        if (tokens.NextObject() is not { } table)
        {
            return Statement.Opaque(sql);
        }

        isTemporary |= table.Schema == Temporary;
        var effects = new List<Effect>
        {
            new(EffectKind.MakeTable, table)
            {
                IsTemporary = isTemporary,
                OnlyIfMissing = onlyIfMissing,
                IsToldBySuccess = table.Schema is not null && !isTemporary && !onlyIfMissing,
            },
        };
        while (!tokens.AtEnd())
        {
            if (tokens.TryTakeNested(out var columns))
            {
                AddReferences(columns, table, effects);
            }
            else if (tokens.Skip("AS"))
            {
                var query = sql.AsSpan()[^tokens.Left..];
                return
                    tokens.Skip("WITH")
                    && !PostgresRowStatement.TryAddCommonTables(ref tokens, effects)
                    ? Statement.Opaque(sql)
                    : new Statement(sql, effects)
                    {
                        MakesTableOfQuery = true,
                        HasOtherEffects = PostgresFunctions.AreCalledIn(query),
                    };
            }
            else
            {
                tokens.Pass();
            }
        }

        return new Statement(sql, effects);
    }

    /// <summary>Adds the parents that declarations name.</summary>
    public static void AddReferences(
        ReadOnlySpan<char> declarations,
        ObjectName child,
        List<Effect> effects
    )
    {
        if (!SqlVerbs.MayHave(declarations, "REFERENCES"))
        {
            return;
        }

        var tokens = new PostgresTokens(declarations);
        while (!tokens.AtEnd())
        {
            if (!tokens.Skip("REFERENCES"))
            {
                tokens.Pass();
            }
            else if (tokens.NextObject() is { } parent)
            {
                effects.Add(new Effect(EffectKind.Refer, child) { Table = parent });
            }
        }
    }

    /// <summary>An index is in the schema of its table. The server names one that has no name.</summary>
    private static Statement Index(string sql, PostgresTokens tokens, bool isUnique)
    {
        tokens.Skip("CONCURRENTLY");
        var onlyIfMissing = tokens.SkipIfNotExists();
        var name = tokens.Is("ON") ? null : tokens.NextName();
        var isKnown = tokens.Skip("ON");
        tokens.Skip("ONLY");
        if (!isKnown || tokens.NextObject() is not { } table)
        {
            return Statement.Opaque(sql);
        }

        var made = name is null
            ? new Effect(EffectKind.AlterObject, table)
            : new Effect(EffectKind.MakeIndex, new ObjectName(table.Schema, name));
        return new Statement(sql, [made with { Table = table, OnlyIfMissing = onlyIfMissing }])
        {
            MakesUnique = isUnique,
        };
    }

    private static Statement View(
        string sql,
        PostgresTokens tokens,
        (bool IsTemporary, bool Replaces, bool IsStored) kind
    )
    {
        var onlyIfMissing = tokens.SkipIfNotExists() || kind.Replaces;
        return tokens.NextObject() is not { } view
            ? Statement.Opaque(sql)
            : new Statement(
                sql,
                [
                    new Effect(EffectKind.MakeView, view)
                    {
                        IsTemporary = kind.IsTemporary || view.Schema == Temporary,
                        OnlyIfMissing = onlyIfMissing,
                    },
                ]
            )
            {
                HasOtherEffects = kind.IsStored && PostgresFunctions.AreCalledIn(sql),
            };
    }

    /// <summary>A trigger has its name for its table only.</summary>
    private static Statement Trigger(string sql, PostgresTokens tokens, bool replaces)
    {
        var name = tokens.NextName();
        while (!tokens.AtEnd() && !tokens.Skip("ON"))
        {
            tokens.Pass();
        }

        return name is null || tokens.NextObject() is not { } table
            ? Statement.Opaque(sql)
            : new Statement(
                sql,
                [
                    new Effect(EffectKind.MakeTrigger, new ObjectName(table.Schema, name))
                    {
                        Table = table,
                        OnlyIfMissing = replaces,
                    },
                ]
            );
    }

    /// <summary>A schema may be made together with its tables.</summary>
    private static Statement PlainObject(string sql, PostgresTokens tokens)
    {
        tokens.SkipIfNotExists();
        if (tokens.NextObject() is not { } made)
        {
            return Statement.Opaque(sql);
        }

        while (!tokens.AtEnd())
        {
            if (Ascii.EqualsIgnoreCase(tokens.Next(), "CREATE"))
            {
                return Statement.Opaque(sql);
            }
        }

        return new Statement(sql, [new Effect(EffectKind.AlterObject, made)]);
    }
}
