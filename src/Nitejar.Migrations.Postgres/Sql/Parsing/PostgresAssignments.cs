using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>Reads which columns a statement assigns to.</summary>
internal static class PostgresAssignments
{
    /// <summary>Adds the columns, from behind SET.</summary>
    /// <returns>Whether each of them is understood.</returns>
    public static bool TryAdd(ref PostgresTokens tokens, ObjectName table, List<Effect> effects)
    {
        do
        {
            if (!TryAddTargets(ref tokens, table, effects))
            {
                return false;
            }
        } while (SkipExpression(ref tokens));
        return true;
    }

    /// <summary>Takes one column, or several in parentheses. What follows a name picks a part of its value.</summary>
    private static bool TryAddTargets(
        ref PostgresTokens tokens,
        ObjectName table,
        List<Effect> effects
    )
    {
        if (!tokens.TryTakeNested(out var inside))
        {
            return TryAdd(tokens.NextName(), table, effects);
        }

        var columns = new PostgresTokens(inside);
        do
        {
            if (!TryAdd(columns.NextName(), table, effects))
            {
                return false;
            }

            PassTarget(ref columns);
        } while (columns.Skip(","));
        return true;
    }

    private static bool TryAdd(string? column, ObjectName table, List<Effect> effects)
    {
        if (column is null)
        {
            return false;
        }

        effects.Add(new Effect(EffectKind.Update, table, column));
        return true;
    }

    private static void PassTarget(ref PostgresTokens tokens)
    {
        while (!tokens.AtEnd() && !tokens.Is(","))
        {
            if (!tokens.SkipNested())
            {
                tokens.Pass();
            }
        }
    }

    /// <summary>Takes what is assigned.</summary>
    /// <returns>Whether a comma follows it, and so another column.</returns>
    private static bool SkipExpression(ref PostgresTokens tokens)
    {
        var cases = 0;
        while (!tokens.AtEnd())
        {
            if (tokens.SkipNested() || tokens.Skip("DISTINCT", "FROM"))
            {
                continue;
            }

            if (tokens.Skip(","))
            {
                return true;
            }

            if (
                tokens.Is("WHERE")
                || tokens.Is("FROM")
                || tokens.Is("RETURNING")
                || (cases == 0 && tokens.Is("WHEN"))
            )
            {
                return false;
            }

            cases +=
                tokens.Is("CASE") ? 1
                : tokens.Is("END") ? -1
                : 0;
            tokens.Pass();
        }

        return false;
    }
}
