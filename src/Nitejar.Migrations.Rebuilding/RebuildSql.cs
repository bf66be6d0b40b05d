using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Rebuilding;

/// <summary>The statements of SQLite's procedure, each complete by itself.</summary>
internal static class RebuildSql
{
    private const string Head =
        "-- A table is rebuilt: foreign keys must not be enforced (PRAGMA foreign_keys=OFF before BEGIN).\n";

    private const string Unknown =
        "-- Here belong the table's indexes and triggers, which went with it: without a database they are not known.\n";

    /// <param name="rebuild">What is asked for.</param>
    /// <param name="old">The table; <see langword="null"/> where it cannot be asked, which a comment then says.</param>
    public static IEnumerable<string> Of(TableRebuild rebuild, OldTable? old)
    {
        var name = old?.Name ?? rebuild.Table;
        var table = Quote(name);
        var rebuilt = Quote(name + "_rebuilt");

        // Views and triggers that name the table must not be looked at, or rewritten, while it is away.
        yield return Head + "PRAGMA legacy_alter_table=ON";
        foreach (var dropped in Dropped(rebuild, old))
        {
            yield return $"DROP {dropped.Kind.ToUpperInvariant()} {Quote(dropped.Name)}";
        }

        yield return $"CREATE TABLE {rebuilt} (\n{rebuild.Definition}\n) {rebuild.Options}".TrimEnd();
        if (CountsUp(rebuild.Definition))
        {
            // Highest rows that were deleted are in no table, but their numbers must not be given again.
            yield return $"INSERT INTO sqlite_sequence (name, seq) SELECT {Literal(name + "_rebuilt")}, seq FROM sqlite_sequence WHERE name = {Literal(name)}";
        }

        yield return Copy(rebuild, table, rebuilt);
        yield return $"DROP TABLE {table}";
        yield return $"ALTER TABLE {rebuilt} RENAME TO {table}";
        foreach (var kept in (old?.Objects ?? []).Except(Dropped(rebuild, old)))
        {
            yield return kept.Sql;
        }

        yield return (old is null ? Unknown : "") + "PRAGMA legacy_alter_table=OFF";
    }

    /// <summary>An identifier in double quotes.</summary>
    public static string Quote(string identifier) =>
        $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text in single quotes.</summary>
    public static string Literal(string text) =>
        $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static IEnumerable<TableObject> Dropped(TableRebuild rebuild, OldTable? old) =>
        (old?.Objects ?? []).Where(o =>
            rebuild.DropObjects.Contains(o.Name, StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Whether the table numbers its rows and never gives a number twice.</summary>
    private static bool CountsUp(string definition)
    {
        var tokens = new SqliteTokens(definition);
        while (!tokens.AtEnd())
        {
            if (tokens.Skip("AUTOINCREMENT"))
            {
                return true;
            }

            tokens.Pass();
        }

        return false;
    }

    private static string Copy(TableRebuild rebuild, string table, string rebuilt)
    {
        // With its table before it: a name in double quotes that is no column would be taken for a text.
        var columns = rebuild.Copy.Select(column => Quote(column.Name));
        var values = rebuild.Copy.Select(column =>
            column.Expression is { } expression
                ? InParentheses(expression)
                : $"{table}.{Quote(column.Name)}"
        );
        return $"INSERT INTO {rebuilt} ({string.Join(", ", columns)})\nSELECT {string.Join(", ", values)}\nFROM {table}";
    }

    private static string InParentheses(string expression) =>
        expression.Contains("--", StringComparison.Ordinal)
            ? $"({expression}\n)"
            : $"({expression})";
}
