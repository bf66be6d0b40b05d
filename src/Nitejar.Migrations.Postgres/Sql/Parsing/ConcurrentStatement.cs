using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>What a statement does in several transactions of its own, so that an interruption leaves it half done.</summary>
internal enum ConcurrentKind
{
    /// <summary>CREATE INDEX CONCURRENTLY.</summary>
    MakeIndex,

    /// <summary>DROP INDEX CONCURRENTLY.</summary>
    DropIndex,

    /// <summary>REINDEX INDEX CONCURRENTLY.</summary>
    RebuildIndex,

    /// <summary>REINDEX TABLE CONCURRENTLY.</summary>
    RebuildTable,

    /// <summary>REINDEX SCHEMA, DATABASE or SYSTEM CONCURRENTLY.</summary>
    RebuildAll,

    /// <summary>ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY.</summary>
    Detach,
}

/// <summary>Such a statement. Names are as they are written, with their schema where that is written.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Object">The index that is dropped or rebuilt, or else the table; empty where all are.</param>
internal sealed record ConcurrentStatement(ConcurrentKind Kind, string Object)
{
    /// <summary>The partition that is detached.</summary>
    public string Partition { get; private init; } = "";

    /// <summary>The index that is made, as the server keeps its name; <see langword="null"/> where the server makes one up.</summary>
    public string? IndexName { get; private init; }

    /// <summary>Whether the index that is made is unique.</summary>
    public bool IsUnique { get; private init; }

    /// <summary>What stands behind the table of the index that is made: its method, columns and options.</summary>
    public string Definition { get; private init; } = "";

    /// <summary>Reads a statement.</summary>
    /// <returns><see langword="null"/> for any other.</returns>
    public static ConcurrentStatement? Read(string sql)
    {
        var tokens = new PostgresTokens(sql);
        return tokens.Skip("CREATE") ? ReadIndex(sql, tokens, isConcurrent: true)
            : tokens.Skip("DROP") ? ReadDrop(tokens)
            : tokens.Skip("REINDEX") ? ReadRebuild(tokens)
            : tokens.Skip("ALTER", "TABLE") ? ReadDetach(tokens)
            : null;
    }

    /// <summary>Reads how the server says that an index was made, which is never concurrently.</summary>
    public static ConcurrentStatement? ReadDefinition(string sql)
    {
        var tokens = new PostgresTokens(sql);
        return tokens.Skip("CREATE") ? ReadIndex(sql, tokens, isConcurrent: false) : null;
    }

    private static ConcurrentStatement? ReadIndex(
        string sql,
        PostgresTokens tokens,
        bool isConcurrent
    )
    {
        var isUnique = tokens.Skip("UNIQUE");
        if (!tokens.Skip("INDEX") || (isConcurrent && !tokens.Skip("CONCURRENTLY")))
        {
            return null;
        }

        tokens.SkipIfNotExists();
        var name = tokens.Is("ON") ? null : tokens.NextName();
        if (!tokens.Skip("ON"))
        {
            return null;
        }

        tokens.Skip("ONLY");
        var table = TakeObject(ref tokens);
        return table.Length == 0
            ? null
            : new ConcurrentStatement(ConcurrentKind.MakeIndex, table)
            {
                IndexName = name,
                IsUnique = isUnique,
                Definition = sql[(sql.Length - tokens.Left)..].Trim(),
            };
    }

    private static ConcurrentStatement? ReadDrop(PostgresTokens tokens)
    {
        if (!tokens.Skip("INDEX", "CONCURRENTLY"))
        {
            return null;
        }

        tokens.SkipIfExists();
        return Of(ConcurrentKind.DropIndex, TakeObject(ref tokens));
    }

    private static ConcurrentStatement? ReadRebuild(PostgresTokens tokens)
    {
        var isConcurrent = tokens.TryTakeNested(out var options) && MakesConcurrent(options);
        var kind =
            tokens.Skip("INDEX") ? ConcurrentKind.RebuildIndex
            : tokens.Skip("TABLE") ? ConcurrentKind.RebuildTable
            : tokens.SkipOneOf("SCHEMA", "DATABASE", "SYSTEM") ? ConcurrentKind.RebuildAll
            : (ConcurrentKind?)null;
        isConcurrent |= tokens.Skip("CONCURRENTLY");
        return kind is null || !isConcurrent ? null
            : kind == ConcurrentKind.RebuildAll ? new ConcurrentStatement(kind.Value, "")
            : Of(kind.Value, TakeObject(ref tokens));
    }

    private static bool MakesConcurrent(ReadOnlySpan<char> options)
    {
        for (var tokens = new PostgresTokens(options); !tokens.AtEnd(); tokens.Next())
        {
            if (tokens.Skip("CONCURRENTLY"))
            {
                return !tokens.SkipOneOf("FALSE", "OFF", "0");
            }
        }

        return false;
    }

    private static ConcurrentStatement? ReadDetach(PostgresTokens tokens)
    {
        tokens.SkipIfExists();
        tokens.Skip("ONLY");
        var table = TakeObject(ref tokens);
        if (!tokens.Skip("DETACH", "PARTITION"))
        {
            return null;
        }

        var partition = TakeObject(ref tokens);
        return tokens.Skip("CONCURRENTLY")
            ? Of(ConcurrentKind.Detach, table) is { } detach
                ? detach with
                {
                    Partition = partition,
                }
                : null
            : null;
    }

    private static ConcurrentStatement? Of(ConcurrentKind kind, string written) =>
        written.Length == 0 ? null : new ConcurrentStatement(kind, written);

    private static string TakeObject(ref PostgresTokens tokens)
    {
        var before = tokens;
        return tokens.NextObject() is null ? "" : before.TextTo(tokens).Trim().ToString();
    }
}
