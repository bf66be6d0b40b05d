using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>Reads statements that add, change and remove rows.</summary>
internal static class PostgresRowStatement
{
    /// <summary>Reads a statement that has nothing in front of its verb.</summary>
    public static Statement Read(string sql) =>
        Read(sql, new PostgresTokens(sql), new List<Effect>());

    /// <summary>Reads a statement from behind WITH.</summary>
    public static Statement ReadWith(string sql, PostgresTokens tokens)
    {
        var effects = new List<Effect>();
        if (!TryAddCommonTables(ref tokens, effects))
        {
            return Statement.Opaque(sql);
        }

        var changesWithin = effects.Count > 0;
        return Read(sql, tokens, effects) with { ChangesWithin = changesWithin };
    }

    /// <summary>Adds what the statements between the parentheses behind WITH do, each of which may change rows.</summary>
    /// <param name="tokens">From behind WITH.</param>
    /// <param name="effects">To these; <see langword="null"/> in a statement that is in parentheses itself, where the server allows no changes.</param>
    /// <returns>Whether their words tell.</returns>
    public static bool TryAddCommonTables(ref PostgresTokens tokens, List<Effect>? effects)
    {
        tokens.Skip("RECURSIVE");
        do
        {
            tokens.Pass();
            tokens.SkipNested();
            if (!tokens.Skip("AS"))
            {
                return false;
            }

            tokens.Skip("NOT");
            tokens.Skip("MATERIALIZED");
            if (
                !tokens.TryTakeNested(out var inside)
                || (effects is not null && !TryAdd(inside, effects))
            )
            {
                return false;
            }

            SkipSearch(ref tokens);
        } while (tokens.Skip(","));
        return true;
    }

    private static bool TryAdd(ReadOnlySpan<char> sql, List<Effect> effects)
    {
        var tokens = new PostgresTokens(sql);
        if (tokens.Skip("WITH") && !TryAddCommonTables(ref tokens, effects: null))
        {
            return false;
        }

        return tokens.Skip("INSERT")
            ? PostgresInsert.TryAdd(ref tokens, effects, out _)
            : !ChangesRows(tokens) || TryAdd(ref tokens, effects);
    }

    private static bool ChangesRows(PostgresTokens tokens) =>
        tokens.Is("UPDATE") || tokens.Is("DELETE") || tokens.Is("MERGE");

    private static Statement Read(string sql, PostgresTokens tokens, List<Effect> effects)
    {
        if (tokens.Skip("INSERT"))
        {
            return PostgresInsert.Read(sql, tokens, effects, isBehindWith: true);
        }

        if (tokens.Skip("SELECT"))
        {
            return Select(sql, tokens, effects);
        }

        var cascades = tokens.Is("TRUNCATE") && EndsWithCascade(tokens);
        return TryAdd(ref tokens, effects)
            ? new Statement(sql, effects) { HasOtherEffects = cascades }
            : Statement.Opaque(sql);
    }

    private static bool TryAdd(ref PostgresTokens tokens, List<Effect> effects) =>
        tokens.Skip("UPDATE") ? TryAddUpdate(ref tokens, effects)
        : tokens.Skip("DELETE") ? tokens.Skip("FROM") && TryAddDelete(ref tokens, effects)
        : tokens.Skip("MERGE") ? PostgresMerge.TryAdd(ref tokens, effects)
        : tokens.Skip("TRUNCATE") ? TryAddTruncate(ref tokens, effects)
        : tokens.Skip("COPY") && TryAddCopy(ref tokens, effects);

    private static bool TryAddDelete(ref PostgresTokens tokens, List<Effect> effects)
    {
        tokens.Skip("ONLY");
        if (tokens.NextObject() is not { } table)
        {
            return false;
        }

        effects.Add(new Effect(EffectKind.Delete, table));
        return true;
    }

    private static bool TryAddUpdate(ref PostgresTokens tokens, List<Effect> effects)
    {
        tokens.Skip("ONLY");
        if (tokens.NextObject() is not { } table)
        {
            return false;
        }

        while (!tokens.AtEnd() && !tokens.Skip("SET"))
        {
            tokens.Pass();
        }

        return PostgresAssignments.TryAdd(ref tokens, table, effects);
    }

    private static bool TryAddTruncate(ref PostgresTokens tokens, List<Effect> effects)
    {
        tokens.Skip("TABLE");
        do
        {
            tokens.Skip("ONLY");
            if (tokens.NextObject() is not { } table)
            {
                return false;
            }

            effects.Add(new Effect(EffectKind.Delete, table) { IsOfAllRows = true });
            tokens.Skip("*");
        } while (tokens.Skip(","));
        return true;
    }

    /// <summary>Only rows that come in; what a query gives away may be deleted by the same query.</summary>
    private static bool TryAddCopy(ref PostgresTokens tokens, List<Effect> effects)
    {
        if (tokens.NextObject() is not { } table)
        {
            return false;
        }

        tokens.SkipNested();
        effects.Add(new Effect(EffectKind.Insert, table));
        return tokens.Skip("FROM");
    }

    /// <summary><c>SELECT ... INTO</c> makes a table; any other may call functions that do anything.</summary>
    private static Statement Select(string sql, PostgresTokens tokens, List<Effect> effects)
    {
        while (!tokens.AtEnd())
        {
            if (tokens.SkipNested())
            {
                continue;
            }

            if (!tokens.Skip("INTO"))
            {
                tokens.Pass();
                continue;
            }

            _ = tokens.Skip("GLOBAL") || tokens.Skip("LOCAL");
            var isTemporary = tokens.Skip("TEMP") || tokens.Skip("TEMPORARY");
            tokens.Skip("UNLOGGED");
            tokens.Skip("TABLE");
            return tokens.NextObject() is not { } table
                ? Statement.Opaque(sql)
                : new Statement(
                    sql,
                    [
                        .. effects,
                        new Effect(EffectKind.MakeTable, table)
                        {
                            IsTemporary = isTemporary || table.Schema == PostgresCreate.Temporary,
                        },
                    ]
                )
                {
                    MakesTableOfQuery = true,
                    HasOtherEffects = PostgresFunctions.AreCalledIn(sql),
                };
        }

        return effects.Count == 0 && PostgresFunctions.OnlySetACounter(sql)
            ? new Statement(sql, [new Effect(EffectKind.AlterObject, PostgresFunctions.Counter)])
            : new Statement(sql, effects);
    }

    /// <summary>The clauses that order the rows of a recursive query and find its cycles.</summary>
    private static void SkipSearch(ref PostgresTokens tokens)
    {
        if (tokens.Skip("SEARCH"))
        {
            PassTo(ref tokens, "SET");
        }

        if (tokens.Skip("CYCLE"))
        {
            PassTo(ref tokens, "USING");
        }
    }

    private static void PassTo(ref PostgresTokens tokens, string word)
    {
        while (!tokens.AtEnd() && !tokens.Skip(word))
        {
            tokens.Pass();
        }

        tokens.Pass();
    }

    private static bool EndsWithCascade(PostgresTokens tokens)
    {
        var cascades = false;
        while (!tokens.AtEnd())
        {
            cascades = tokens.Skip("CASCADE");
            if (!cascades)
            {
                tokens.Pass();
            }
        }

        return cascades;
    }
}
