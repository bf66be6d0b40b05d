using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>The locks of ALTER TABLE: the strongest that one of its clauses needs.</summary>
internal static class PostgresAlterLocks
{
    /// <summary>Reads a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="tokens">What follows ALTER TABLE.</param>
    public static IReadOnlyList<WantedLock> Of(Statement statement, PostgresTokens tokens)
    {
        tokens.SkipIfExists();
        tokens.Skip("ONLY");
        if (tokens.Skip("ALL", "IN") || tokens.NextObject() is not { } table)
        {
            return [];
        }

        tokens.Skip("*");
        var wanted = new List<WantedLock>();
        do
        {
            if (LevelOf(tokens) is { } level)
            {
                wanted.Add(new WantedLock(LockedBy.Name, table.Name, level));
            }

            if (tokens.Skip("DROP", "CONSTRAINT"))
            {
                tokens.SkipIfExists();
                wanted.Add(
                    new WantedLock(LockedBy.Child, table.Name, LockLevel.Everyone)
                    {
                        ForeignKey = tokens.NextName(),
                    }
                );
            }

            PassClause(ref tokens);
        } while (tokens.Skip(","));

        foreach (var effect in statement.Effects)
        {
            if (effect is { Kind: EffectKind.Refer, Table: { } parent })
            {
                wanted.Add(new WantedLock(LockedBy.Name, parent.Name, LockLevel.Writers));
            }
            else if (effect.Kind is EffectKind.Update or EffectKind.DropColumn)
            {
                // Another type writes each row, and the values of a column are archived.
                wanted.Add(
                    new WantedLock(LockedBy.Name, table.Name, LockLevel.Everyone)
                    {
                        WorksThroughRows = true,
                    }
                );
            }
        }

        return wanted;
    }

    /// <summary>Whom a clause keeps out of its table; <see langword="null"/> for SHARE UPDATE EXCLUSIVE, which others do not feel.</summary>
    private static LockLevel? LevelOf(PostgresTokens clause)
    {
        if (clause.Skip("ADD"))
        {
            if (clause.Skip("CONSTRAINT"))
            {
                clause.NextName();
            }

            return clause.Is("FOREIGN", "KEY") ? LockLevel.Writers : LockLevel.Everyone;
        }

        if (clause.Skip("ALTER"))
        {
            clause.Skip("COLUMN");
            clause.NextName();
            return clause.Skip("SET", "STATISTICS") || IsOfOptions(clause)
                ? null
                : LockLevel.Everyone;
        }

        if (clause.SkipOneOf("ENABLE", "DISABLE"))
        {
            _ = clause.Skip("ALWAYS") || clause.Skip("REPLICA");
            return clause.Is("TRIGGER") ? LockLevel.Writers : LockLevel.Everyone;
        }

        return
            clause.SkipOneOf("VALIDATE", "CLUSTER", "ATTACH")
            || clause.Skip("SET", "WITHOUT")
            || IsOfOptions(clause)
            ? null
            : LockLevel.Everyone;
    }

    private static bool IsOfOptions(PostgresTokens clause) =>
        clause.SkipOneOf("SET", "RESET") && clause.Is("(");

    private static void PassClause(ref PostgresTokens tokens)
    {
        while (!tokens.AtEnd() && !tokens.Is(","))
        {
            if (!tokens.SkipNested())
            {
                tokens.Pass();
            }
        }
    }
}
