using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

/// <summary>Compares the rows of one table at two times: what is gone, new or changed, and their order.</summary>
internal sealed class RowComparison
{
    private readonly Table _before;
    private readonly Table _after;
    private readonly RowRules _rules;
    private readonly IReadOnlyList<string> _columns;
    private readonly int[] _key;

    /// <param name="before">The table before.</param>
    /// <param name="after">The table after.</param>
    /// <param name="rules">What is compared.</param>
    public RowComparison(Table before, Table after, RowRules rules)
    {
        _before = before;
        _after = after;
        _rules = rules;
        _columns =
        [
            .. before
                .Columns.Where(column => after.Columns.Any(c => rules.IsCompared(column, c)))
                .Select(column => column.Name),
        ];
        var key = (before.PrimaryKey?.Parts ?? []).Select(part => part.Column).ToArray();
        var places = key.Select(column =>
                _columns.ToList().FindIndex(c => rules.Names.Equals(c, column))
            )
            .ToArray();
        _key = places.Contains(-1) ? [] : places;
    }

    /// <summary>Returns one finding for each kind of difference, with the first of its rows.</summary>
    public IReadOnlyList<Finding> Compare(IScratchState before, IScratchState after)
    {
        var (old, now) = (Read(before, _before), Read(after, _after));
        return IsSame(old, now) ? [] : Diagnose([.. old], [.. now]);
    }

    private IEnumerable<object?[]> Read(IScratchState state, Table table) =>
        state.ReadRows(table, _columns);

    /// <summary>Compares row by row, without keeping any.</summary>
    private static bool IsSame(IEnumerable<object?[]> before, IEnumerable<object?[]> after)
    {
        using var old = before.GetEnumerator();
        using var now = after.GetEnumerator();
        while (old.MoveNext())
        {
            if (!now.MoveNext() || !AreSame(old.Current, now.Current))
            {
                return false;
            }
        }

        return !now.MoveNext();
    }

    private static bool AreSame(object?[] one, object?[] other) =>
        one.Zip(other).All(pair => RowText.AreSame(pair.First, pair.Second));

    private List<Finding> Diagnose(List<object?[]> before, List<object?[]> after)
    {
        var findings = new Collected(_before.Name.ToString(), _rules);
        var rest = after.ToLookup(KeyOf).ToDictionary(g => g.Key, g => new Queue<object?[]>(g));
        var kept = new List<object?[]>();
        foreach (var row in before)
        {
            if (!rest.TryGetValue(KeyOf(row), out var same) || !same.TryDequeue(out var now))
            {
                findings.Lost(RowText.Of(_columns, row));
                continue;
            }

            kept.Add(row);
            for (var i = 0; i < _columns.Count; i++)
            {
                if (!RowText.AreSame(row[i], now[i]))
                {
                    findings.Changed(_columns[i], KeyTextOf(row), (row[i], now[i]));
                }
            }
        }

        foreach (var row in rest.Values.SelectMany(rows => rows))
        {
            findings.Added(RowText.Of(_columns, row));
        }

        CompareOrder(findings, kept, after);
        return findings.All;
    }

    private void CompareOrder(
        Collected findings,
        List<object?[]> kept,
        IReadOnlyList<object?[]> after
    )
    {
        var order = new Queue<string>(kept.Select(KeyOf));
        var left = kept.ToLookup(KeyOf);
        var now = after.Where(row => left.Contains(KeyOf(row))).ToList();
        foreach (var row in now)
        {
            if (order.TryDequeue(out var expected) && expected != KeyOf(row))
            {
                findings.OrderChanged(OrderOf(kept), OrderOf(now));
                return;
            }
        }
    }

    private string OrderOf(IEnumerable<object?[]> rows) =>
        string.Join("; ", rows.Take(3).Select(KeyTextOf)) + "; ...";

    /// <summary>Tells rows apart: by their primary key or, without one, by all that is compared.</summary>
    private string KeyOf(object?[] row) =>
        RowText.KeyOf(_key.Length == 0 ? row : _key.Select(place => row[place]));

    private string KeyTextOf(object?[] row) =>
        _key.Length == 0
            ? RowText.Of(_columns, row)
            : RowText.Of(
                [.. _key.Select(place => _columns[place])],
                [.. _key.Select(place => row[place])]
            );

    /// <summary>One finding for each kind of difference, which counts the others.</summary>
    private sealed class Collected(string table, RowRules rules)
    {
        private readonly Dictionary<string, (Finding First, int Count)> _found = [];

        public List<Finding> All =>
            [
                .. _found.Values.Select(found =>
                    found.Count == 1
                        ? found.First
                        : found.First with
                        {
                            Problem = $"{found.First.Problem} ({Count.Of(found.Count, "time")})",
                        }
                ),
            ];

        public void Lost(string row)
        {
            if (!rules.AllowsDeletions)
            {
                Add("lost", new(rules.Check, table, "a row is lost", row, null) { IsLoss = true });
            }
        }

        public void Added(string row)
        {
            if (!rules.AllowsInserts)
            {
                Add("added", new(rules.Check, table, "there is a row more", null, row));
            }
        }

        public void Changed(string column, string key, (object? Before, object? After) values) =>
            Add(
                $"changed {column}",
                new(
                    rules.Check,
                    $"{table}.{column}",
                    $"a value has changed, of the row {key}",
                    RowText.Of(values.Before),
                    RowText.Of(values.After)
                )
                {
                    IsLoss = true,
                }
            );

        public void OrderChanged(string before, string after) =>
            Add("order", new(rules.Check, table, "rows are in another order", before, after));

        private void Add(string kind, Finding finding) =>
            _found[kind] = _found.TryGetValue(kind, out var found)
                ? (found.First, found.Count + 1)
                : (finding, 1);
    }
}
