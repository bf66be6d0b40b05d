using System.Text;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>How often each kind of thing was tried: what never occurred was not tested.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Count(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;

    public void Count(Chain chain)
    {
        Count("chain");
        foreach (var migration in chain.Migrations)
        {
            Count($"reversal {migration.Reversal}");
            foreach (var operation in migration.Operations)
            {
                Count($"operation {NameOf(operation)}");
                foreach (var trait in TraitsOf(operation))
                {
                    Count(trait);
                }
            }
        }
    }

    private static IEnumerable<string> TraitsOf(ChainOperation operation) =>
        operation switch
        {
            CreateTable table => table.Columns.SelectMany(TraitsOf).Append($"key {table.Key}"),
            AddColumn add => TraitsOf(add.Column),
            _ => [],
        };

    private static IEnumerable<string> TraitsOf(ChainColumn column)
    {
        if (column.Type is { } type)
        {
            yield return type.StartsWith("type_", StringComparison.Ordinal)
                ? "column of a made type"
                : $"column {type}";
        }

        if (column.Parent is not null)
        {
            yield return $"reference {column.Rule}";
        }
    }

    public override string ToString() =>
        _counts
            .Aggregate(
                new StringBuilder(),
                (text, count) => text.Append($"{count.Value, 6} {count.Key}\n")
            )
            .ToString();

    private static string NameOf(ChainOperation operation) =>
        operation switch
        {
            CreateTable { HasIdentity: true } table => $"CreateTable, {table.Counting} identity",
            CreateIndex { IsUnique: true } => "CreateIndex, unique",
            InsertReferring { IsStatement: true } => "InsertReferring, Execute.Sql",
            InsertReferring => "InsertReferring, RawSql",
            InsertRows insert when insert.Rows.Any(row => row.ContainsKey("id")) =>
                "InsertRows, explicit ids",
            _ => operation.GetType().Name,
        };
}
