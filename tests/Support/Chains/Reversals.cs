namespace Nitejar.Tests.Chains;

/// <summary>How a migration can be reverted.</summary>
internal static class Reversals
{
    /// <summary>The ways that are open to it and differ from each other; the usual one more often.</summary>
    public static IReadOnlyList<Reversal> Of(IReadOnlyList<ChainOperation> operations)
    {
        var created = operations.OfType<CreateTable>().Select(table => table.Table).ToHashSet();
        var filled = operations.Select(FilledBy).OfType<string>().ToArray();
        List<Reversal> possible = [Reversal.InReverseOrder];
        if (operations.All(IsReversible))
        {
            possible.AddRange([Reversal.Automatic, Reversal.Automatic]);
        }

        if (filled.Length > 0)
        {
            possible.Add(Reversal.AllRows);
        }

        if (filled.Any(created.Contains))
        {
            possible.Add(Reversal.TablesOnly);
        }

        if (created.Count > 1)
        {
            possible.Add(Reversal.ParentFirst);
        }

        return possible;
    }

    /// <summary>Whether FluentMigrator reverts it by itself. Of a table with references it would drop those first, which SQLite cannot.</summary>
    private static bool IsReversible(ChainOperation operation) =>
        operation switch
        {
            DropTable or DeleteRow or InsertReferring { IsStatement: true } => false,
            CreateTable table => table.Columns.All(column => column.Parent is null),
            _ => true,
        };

    private static string? FilledBy(ChainOperation operation) =>
        operation switch
        {
            InsertRows insert => insert.Table,
            InsertReferring insert => insert.Table,
            _ => null,
        };
}
