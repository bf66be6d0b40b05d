using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Sql;

/// <summary>An object that a statement makes.</summary>
/// <param name="Kind"><c>table</c>, <c>index</c>, <c>view</c> or <c>trigger</c>, as sqlite_master has it.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsTemporary">It does not stay in the database file.</param>
/// <param name="OnlyIfMissing">That it is there already is not an error.</param>
internal sealed record SqliteMadeObject(
    string Kind,
    string Name,
    bool IsTemporary,
    bool OnlyIfMissing
)
{
    public const string Table = "table";
    public const string Trigger = "trigger";

    private static readonly string[] Kinds = [Table, "index", "view", Trigger];

    /// <summary>Reads CREATE; <see langword="null"/> for another statement.</summary>
    public static SqliteMadeObject? Of(string sql)
    {
        var tokens = new SqliteTokens(sql);
        tokens.SkipEmptyStatements();
        if (!tokens.Skip("CREATE"))
        {
            return null;
        }

        var isTemporary = tokens.Skip("TEMP") || tokens.Skip("TEMPORARY");
        _ = tokens.Skip("UNIQUE") || tokens.Skip("VIRTUAL");
        if (KindOf(ref tokens) is not { } kind)
        {
            return null;
        }

        var onlyIfMissing = tokens.Skip("IF");
        if (onlyIfMissing)
        {
            tokens.Skip("NOT");
            tokens.Skip("EXISTS");
        }

        return new SqliteMadeObject(kind, tokens.NextName(), isTemporary, onlyIfMissing);
    }

    /// <summary>The name of the index, view or trigger that a DROP drops; <see langword="null"/> for another statement.</summary>
    public static string? DroppedBy(string sql)
    {
        var tokens = new SqliteTokens(sql);
        tokens.SkipEmptyStatements();
        if (!tokens.Skip("DROP") || KindOf(ref tokens) is null)
        {
            return null;
        }

        if (tokens.Skip("IF"))
        {
            tokens.Skip("EXISTS");
        }

        return tokens.NextName();
    }

    /// <summary>The tables to which a statement that makes a table or a column refers.</summary>
    public static IReadOnlyList<string> ParentsIn(Statement statement)
    {
        var parents = new List<string>();
        if (
            statement.Kind is StatementKind.Additive or StatementKind.Other
            && statement.Table is not null
        )
        {
            for (var tokens = new SqliteTokens(statement.Sql); !tokens.AtEnd(); )
            {
                if (tokens.Skip("REFERENCES"))
                {
                    parents.Add(tokens.NextName());
                }
                else
                {
                    tokens.Pass();
                }
            }
        }

        return parents;
    }

    private static string? KindOf(ref SqliteTokens tokens)
    {
        foreach (var kind in Kinds)
        {
            if (tokens.Skip(kind))
            {
                return kind;
            }
        }

        return null;
    }
}
