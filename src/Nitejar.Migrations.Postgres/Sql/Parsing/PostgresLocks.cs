using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>How a statement leads to a table that it locks.</summary>
internal enum LockedBy
{
    /// <summary>It names the table.</summary>
    Name,

    /// <summary>It names an index of the table.</summary>
    Index,

    /// <summary>It names a table that refers to it.</summary>
    Child,
}

/// <summary>A table that a statement locks, if it is there.</summary>
/// <param name="by">How the statement leads to it.</param>
/// <param name="name">What the statement names.</param>
/// <param name="level">Whom the lock keeps out.</param>
internal sealed class WantedLock(LockedBy by, string name, LockLevel level)
{
    /// <summary>How the statement leads to it.</summary>
    public LockedBy By => by;

    /// <summary>What the statement names.</summary>
    public string Name => name;

    /// <summary>Whom the lock keeps out.</summary>
    public LockLevel Level => level;

    /// <summary>Of a child, the foreign key that leads to the table; <see langword="null"/> for all.</summary>
    public string? ForeignKey { get; init; }

    /// <summary>Whether the statement works through the rows of the table.</summary>
    public bool WorksThroughRows { get; init; }
}

/// <summary>
/// Tells from the words of statements which tables they lock so that others wait, by PostgreSQL's documentation of each
/// statement: Writers are kept out by SHARE and SHARE ROW EXCLUSIVE, Everyone by ACCESS EXCLUSIVE.
/// </summary>
internal static class PostgresLocks
{
    /// <summary>The locks in the order of the statements, but those of tables and indexes that an earlier one makes.</summary>
    public static IReadOnlyList<WantedLock> Of(IEnumerable<Statement> statements)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        var wanted = new List<WantedLock>();
        foreach (var statement in statements)
        {
            foreach (var one in OfOne(statement))
            {
                if (!made.Contains(one.Name))
                {
                    wanted.Add(one);
                }
            }

            foreach (var effect in statement.Effects)
            {
                if (
                    effect is
                    { Kind: EffectKind.MakeTable or EffectKind.MakeIndex, OnlyIfMissing: false }
                )
                {
                    made.Add(effect.Name);
                }
                else if (effect is { Kind: EffectKind.RenameTable, NewName: { } name })
                {
                    made.Add(name);
                }
            }
        }

        return wanted;
    }

    private static IReadOnlyList<WantedLock> OfOne(Statement statement)
    {
        var tokens = new PostgresTokens(statement.Sql);
        return tokens.Skip("CREATE") ? OfCreate(statement)
            : tokens.Skip("DROP") ? OfDrop(statement, tokens)
            : tokens.Skip("ALTER", "TABLE") ? PostgresAlterLocks.Of(statement, tokens)
            : tokens.Skip("TRUNCATE") ? OfTruncate(statement)
            : [];
    }

    private static List<WantedLock> OfTruncate(Statement statement)
    {
        var wanted = new List<WantedLock>();
        foreach (var effect in statement.Effects)
        {
            wanted.Add(new WantedLock(LockedBy.Name, effect.Name, LockLevel.Everyone));
        }

        return wanted;
    }

    private static List<WantedLock> OfCreate(Statement statement)
    {
        var wanted = new List<WantedLock>();
        var isConcurrent = ConcurrentStatement.Read(statement.Sql) is not null;
        foreach (var effect in statement.Effects)
        {
            if (effect.Table is { } table && !isConcurrent)
            {
                wanted.Add(
                    new WantedLock(LockedBy.Name, table.Name, LockLevel.Writers)
                    {
                        // An index without a name is not told from others.
                        WorksThroughRows =
                            effect.Kind is EffectKind.MakeIndex or EffectKind.AlterObject,
                    }
                );
            }
        }

        return wanted;
    }

    private static List<WantedLock> OfDrop(Statement statement, PostgresTokens tokens)
    {
        var wanted = new List<WantedLock>();
        var isIndex = tokens.Skip("INDEX");
        if (tokens.Is("CONCURRENTLY"))
        {
            return wanted;
        }

        foreach (var effect in statement.Effects)
        {
            if (effect.Kind == EffectKind.DropTable)
            {
                // Its rows are archived.
                wanted.Add(
                    new WantedLock(LockedBy.Name, effect.Name, LockLevel.Everyone)
                    {
                        WorksThroughRows = true,
                    }
                );
                wanted.Add(new WantedLock(LockedBy.Child, effect.Name, LockLevel.Everyone));
            }
            else if (effect.Table is { } table)
            {
                wanted.Add(new WantedLock(LockedBy.Name, table.Name, LockLevel.Everyone));
            }
            else if (isIndex)
            {
                wanted.Add(new WantedLock(LockedBy.Index, effect.Name, LockLevel.Everyone));
            }
        }

        return wanted;
    }
}
