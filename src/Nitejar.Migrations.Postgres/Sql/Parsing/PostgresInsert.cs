using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>Reads INSERT.</summary>
internal static class PostgresInsert
{
    /// <summary>Where an INSERT says what it inserts, counted from the end of the text.</summary>
    /// <param name="From">Where that begins.</param>
    /// <param name="To">Where it ends.</param>
    /// <param name="IsQuery">Whether it is a query rather than a list.</param>
    /// <param name="Columns">The list of columns; <see langword="null"/> without one.</param>
    public readonly record struct Source(int From, int To, bool IsQuery, string? Columns);

    /// <summary>Reads the statement from behind its first word.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="tokens">What is left of it.</param>
    /// <param name="effects">What stands before does this.</param>
    /// <param name="isBehindWith">Whether its query may use what stands before, and means nothing without it.</param>
    public static Statement Read(
        string sql,
        PostgresTokens tokens,
        List<Effect> effects,
        bool isBehindWith = false
    ) =>
        TryAdd(ref tokens, effects, out var source)
            ? new Statement(sql, effects)
            {
                InsertsValues = !source.IsQuery,
                InsertedColumns = source.Columns,
                Query =
                    source.IsQuery && !isBehindWith
                        ? SqlBlanks.Trim(sql.AsSpan()[^source.From..^source.To])
                        : null,
            }
            : Statement.Opaque(sql);

    /// <summary>Adds what it does, from behind its first word.</summary>
    /// <param name="tokens">What is left of the text.</param>
    /// <param name="effects">To these.</param>
    /// <param name="source">What it inserts.</param>
    /// <returns>Whether its words tell.</returns>
    public static bool TryAdd(ref PostgresTokens tokens, List<Effect> effects, out Source source)
    {
        source = default;
        if (!tokens.Skip("INTO") || tokens.NextObject() is not { } table)
        {
            return false;
        }

        if (tokens.Skip("AS"))
        {
            tokens.Pass();
        }

        var columns =
            !IsNestedQuery(tokens) && tokens.TryTakeNested(out var list) ? list.ToString() : null;

        if (tokens.Skip("OVERRIDING"))
        {
            tokens.Pass();
            tokens.Skip("VALUE");
        }

        effects.Add(new Effect(EffectKind.Insert, table));
        var from = tokens.Left;
        var isList = tokens.Is("VALUES") || tokens.Is("DEFAULT");
        var isKnown = TryPassSource(ref tokens, table, effects, out var to);
        source = new Source(from, to, !isList, columns);
        return isKnown;
    }

    /// <summary>Reads to the end, where columns may be changed instead: <c>ON CONFLICT ... DO UPDATE</c>.</summary>
    private static bool TryPassSource(
        ref PostgresTokens tokens,
        ObjectName table,
        List<Effect> effects,
        out int to
    )
    {
        to = 0;
        var conflict = 0;
        while (!tokens.AtEnd())
        {
            var left = tokens.Left;
            if (tokens.SkipNested())
            {
                continue;
            }

            if (tokens.Skip("ON", "CONFLICT"))
            {
                // It may also be the condition of a join: the last one counts, if DO follows.
                conflict = left;
            }
            else if (tokens.Skip("DO"))
            {
                to = conflict;
                return !tokens.Skip("UPDATE", "SET")
                    || PostgresAssignments.TryAdd(ref tokens, table, effects);
            }
            else if (tokens.Skip("RETURNING"))
            {
                to = left;
                return true;
            }
            else
            {
                tokens.Pass();
            }
        }

        return true;
    }

    /// <summary>Whether a query stands in the parentheses that follow, rather than names of columns.</summary>
    private static bool IsNestedQuery(PostgresTokens tokens)
    {
        while (tokens.Skip("("))
        {
            if (tokens.Is("SELECT") || tokens.Is("WITH") || tokens.Is("TABLE"))
            {
                return true;
            }

            if (tokens.Skip("VALUES"))
            {
                return tokens.Is("(");
            }
        }

        return false;
    }
}
