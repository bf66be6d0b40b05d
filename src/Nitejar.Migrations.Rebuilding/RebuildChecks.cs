using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Rebuilding;

/// <summary>Refuses a rebuild that would lose something that is not named.</summary>
internal static class RebuildChecks
{
    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    /// <param name="rebuild">What is asked for.</param>
    /// <param name="old">The table; <see langword="null"/> where it cannot be asked.</param>
    /// <exception cref="InvalidOperationException">A column is unaccounted for, or a name is wrong.</exception>
    public static void Require(TableRebuild rebuild, OldTable? old)
    {
        Require(rebuild, rebuild.Copy.Count > 0, "nothing is copied. Name its columns in Copy");
        foreach (var same in rebuild.Copy.GroupBy(column => column.Name, Names))
        {
            Require(rebuild, same.Count() == 1, $"Copy names column {same.Key} twice");
        }

        if (old is not null)
        {
            RequireKnownNames(rebuild, old);
            RequireNothingForgotten(rebuild, old);
        }
    }

    private static void RequireKnownNames(TableRebuild rebuild, OldTable old)
    {
        foreach (var column in rebuild.Copy.Where(column => column.Expression is null))
        {
            Require(
                rebuild,
                old.Columns.Concat(old.GeneratedColumns).Contains(column.Name, Names),
                $"it has no column {column.Name} to copy before this migration. Give the new column an expression, or leave it out of Copy for its default"
            );
        }

        foreach (var column in rebuild.DropColumns)
        {
            Require(
                rebuild,
                old.Columns.Concat(old.GeneratedColumns).Contains(column, Names),
                $"it has no column {column} to drop before this migration"
            );
        }

        foreach (var name in rebuild.DropObjects)
        {
            Require(
                rebuild,
                old.Objects.Any(o => Names.Equals(o.Name, name)),
                $"it has no index or trigger {name} to drop before this migration"
            );
        }
    }

    private static void RequireNothingForgotten(TableRebuild rebuild, OldTable old)
    {
        var used = rebuild
            .Copy.SelectMany(column => column.Expression is { } sql ? WordsIn(sql) : [column.Name])
            .ToHashSet(Names);
        foreach (var column in rebuild.DropColumns)
        {
            Require(rebuild, !used.Contains(column), $"column {column} is both copied and dropped");
        }

        var forgotten = old
            .Columns.Where(column => !used.Contains(column))
            .Except(rebuild.DropColumns, Names)
            .ToArray();
        Require(
            rebuild,
            forgotten.Length == 0,
            $"{string.Join(", ", forgotten)} would be lost. Name each column in Copy, or in DropColumns if its values are to go"
        );
    }

    /// <summary>The words and names of an expression, without its texts.</summary>
    private static List<string> WordsIn(string sql)
    {
        var words = new List<string>();
        var tokens = new SqliteTokens(sql);
        while (!tokens.AtEnd())
        {
            if (!tokens.SkipText())
            {
                words.Add(tokens.Next());
            }
        }

        return words;
    }

    private static void Require(TableRebuild rebuild, bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"{rebuild.Table} cannot be rebuilt: {otherwise}.");
        }
    }
}
