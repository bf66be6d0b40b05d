using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>What has to become of AUTOINCREMENT counters.</summary>
/// <param name="MayRise">Whether they may be higher than before: rows came in between, by a Down or by users.</param>
internal sealed record CounterRule(bool MayRise)
{
    public static CounterRule Same { get; } = new(MayRise: false);

    /// <summary>The counters that are not as they have to be, a line for each.</summary>
    public IEnumerable<string> Broken(ChainDump before, ChainDump after) =>
        before
            .Counters.Keys.Union(after.Counters.Keys)
            .Select(table =>
                (
                    Table: table,
                    Before: before.Counters.GetValueOrDefault(table),
                    After: after.Counters.GetValueOrDefault(table)
                )
            )
            .Where(counter =>
                counter.After < counter.Before || (!MayRise && counter.After != counter.Before)
            )
            .Select(counter =>
                $"  counter of {counter.Table}: {counter.Before} before, {counter.After} after"
            );
}
