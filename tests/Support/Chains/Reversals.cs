namespace Nitejar.Tests.Chains;

/// <summary>How a migration can be reverted.</summary>
internal static class Reversals
{
    /// <summary>The ways that are open to it and differ from each other; the usual one more often.</summary>
    public static IReadOnlyList<Reversal> Of(
        IReadOnlyList<ChainOperation> operations,
        ChainKind kind
    )
    {
        var isPostgres = kind == ChainKind.Postgres;
        var created = operations.OfType<CreateTable>().Select(table => table.Table).ToHashSet();
        var filled = operations.Select(FilledBy).OfType<string>().ToArray();
        List<Reversal> possible = [Reversal.InReverseOrder];
        if (operations.All(operation => IsReversible(operation, isPostgres)))
        {
            possible.AddRange([Reversal.Automatic, Reversal.Automatic]);
        }

        if (filled.Length > 0)
        {
            possible.Add(Reversal.AllRows);
            possible.AddRange(isPostgres ? [Reversal.Truncated] : []);
        }

        if (filled.Any(created.Contains))
        {
            possible.Add(Reversal.TablesOnly);
        }

        if (created.Count > 1)
        {
            possible.Add(Reversal.ParentFirst);
            possible.AddRange(isPostgres ? [Reversal.Cascade] : []);
        }

        return possible;
    }

    /// <summary>Whether FluentMigrator reverts it by itself. Of a table with references it would drop those first, which SQLite cannot.</summary>
    private static bool IsReversible(ChainOperation operation, bool isPostgres) =>
        operation switch
        {
            DropTable or DeleteRow or InsertReferring { IsStatement: true } => false,
            CreateType or AddGenerated or Protect => false,
            CreateTable { HasIdentity: true, Counting: not Counting.Usual } => false,
            CreateTable table => table.Columns.All(column =>
                column.Parent is null || (isPostgres && column.Rule != ParentRule.ForbidsLater)
            ),
            InsertRows { IsOverriding: true } => false,
            InsertRows insert => insert.Rows.All(IsFound),
            InsertReferring insert => IsFound(insert.Row),
            _ => true,
        };

    /// <summary>Whether the DELETE of all of its values can be executed.</summary>
    private static bool IsFound(IReadOnlyDictionary<string, Cell> row) =>
        row.Values.All(cell => cell.Type is null || ChainTypes.HasEquality(cell.Type));

    private static string? FilledBy(ChainOperation operation) =>
        operation switch
        {
            InsertRows insert => insert.Table,
            InsertReferring insert => insert.Table,
            _ => null,
        };
}
