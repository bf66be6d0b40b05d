using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

/// <summary>Compares what a database holds at two times.</summary>
internal sealed class StateComparison(IEqualityComparer<string> names)
{
    /// <summary>Returns what differs between two schemas, but for the order of columns.</summary>
    public IReadOnlyList<Finding> OfSchemas(
        VerifyCheck check,
        DatabaseSchema before,
        DatabaseSchema after
    ) =>
        [
            .. SchemaComparison
                .Of(before, after, names)
                .Where(difference => difference.Kind != DifferenceKind.ColumnOrder)
                .Select(difference => new Finding(
                    check,
                    difference.Path.ToString(),
                    DifferenceWords.ProblemOf(difference),
                    difference.Before,
                    difference.After
                )),
        ];

    /// <summary>Returns the tables whose columns are in another order, which is no finding: SQLite adds a column at the end.</summary>
    public IReadOnlyList<string> OrderedOtherwise(DatabaseSchema before, DatabaseSchema after) =>
        [
            .. SchemaComparison
                .Of(before, after, names)
                .Where(difference => difference.Kind == DifferenceKind.ColumnOrder)
                .Select(difference => difference.Path.Owner.ToString()),
        ];

    /// <summary>Returns what differs between rows and counters, which have to be the same.</summary>
    public IReadOnlyList<Finding> OfRows(
        VerifyCheck check,
        IScratchState before,
        IScratchState after
    ) => Compare(before, after, _ => new RowRules(check, names));

    /// <summary>Returns how the rows fared that an Up found and has no statement to change or delete.</summary>
    public IReadOnlyList<Finding> OfSurvivors(
        RowEffects effects,
        IScratchState before,
        IScratchState after
    ) =>
        effects.AreUnknown
            ? []
            : Compare(
                before,
                after,
                table => new RowRules(VerifyCheck.KeepsRows, names)
                {
                    AllowsInserts = true,
                    AllowsDeletions = effects.MayDelete(table),
                    AllowsChanges = column => effects.MayChange(table, column),
                    AllowsConversions = true,
                }
            );

    private List<Finding> Compare(
        IScratchState before,
        IScratchState after,
        Func<string, RowRules> rulesOf
    )
    {
        var findings = new List<Finding>();
        foreach (var old in before.Schema.Tables.Where(IsOrdinary))
        {
            var name = old.Name.ToString();
            var now = after
                .Schema.Tables.Where(IsOrdinary)
                .FirstOrDefault(table => names.Equals(table.Name.ToString(), name));
            if (now is null)
            {
                continue;
            }

            var rules = rulesOf(name);
            findings.AddRange(new RowComparison(old, now, rules).Compare(before, after));
            if (
                now.Traits.IsAutoIncrement
                && before.CounterOf(old) is { } used
                && after.CounterOf(now) is var given
                && !(given >= used)
            )
            {
                findings.Add(
                    new Finding(
                        rules.Check,
                        name,
                        "the sequence starts again: numbers that were in use are given once more",
                        used.ToString(CultureInfo.InvariantCulture),
                        given?.ToString(CultureInfo.InvariantCulture)
                    )
                );
            }
        }

        return findings;
    }

    private static bool IsOrdinary(Table table) => table.Traits.Kind == TableKind.Ordinary;
}
