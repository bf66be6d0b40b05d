using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>Reads MERGE, which may add, change and remove rows of one table.</summary>
internal static class PostgresMerge
{
    /// <summary>Adds what it does, from behind its first word.</summary>
    /// <returns>Whether its words tell.</returns>
    public static bool TryAdd(ref PostgresTokens tokens, List<Effect> effects)
    {
        tokens.Skip("INTO");
        tokens.Skip("ONLY");
        if (tokens.NextObject() is not { } table)
        {
            return false;
        }

        var cases = 0;
        while (!tokens.AtEnd())
        {
            if (tokens.SkipNested())
            {
                continue;
            }

            if (cases == 0 && tokens.Skip("THEN"))
            {
                if (!TryAddAction(ref tokens, table, effects))
                {
                    return false;
                }

                continue;
            }

            cases +=
                tokens.Is("CASE") ? 1
                : tokens.Is("END") ? -1
                : 0;
            tokens.Pass();
        }

        return true;
    }

    private static bool TryAddAction(
        ref PostgresTokens tokens,
        ObjectName table,
        List<Effect> effects
    )
    {
        if (tokens.Skip("UPDATE", "SET"))
        {
            return PostgresAssignments.TryAdd(ref tokens, table, effects);
        }

        if (tokens.Skip("DELETE"))
        {
            effects.Add(new Effect(EffectKind.Delete, table));
            return true;
        }

        if (tokens.Skip("INSERT"))
        {
            effects.Add(new Effect(EffectKind.Insert, table));
            return true;
        }

        return tokens.Skip("DO", "NOTHING");
    }
}
