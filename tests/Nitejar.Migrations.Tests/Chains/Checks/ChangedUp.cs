using System.Data.Common;
using Nitejar.Migrations.Tests.Chains.Places;
using Nitejar.Migrations.Tests.Chains.Runners;
using Nitejar.Tests.Chains;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace Nitejar.Migrations.Tests.Chains.Checks;

/// <summary>A migration whose rows were changed between its Down and its Up: neither the old rows nor the new ones are lost.</summary>
internal static class ChangedUp
{
    private const string Suffix = "-changed";
    private const string NewRow = "seed-of-the-changed-one";

    public static void Check(Chain whole, ChainTrial trial)
    {
        var last = whole.Migrations.LastOrDefault(m => m.Operations.Any(o => o is InsertRows));
        if (last is null)
        {
            return;
        }

        var chain = whole.UpTo(last.Version);
        var ours = new Ours(trial, chain);
        ours.Up();
        using (var connection = trial.Place.Open("ours"))
        {
            new UserChanges(trial, connection, chain).Make(addOnly: true);
        }

        var before = trial.Dump("ours");
        var steps = trial.Random.Next(1, chain.Migrations.Count + 1);
        if (!WayBack.SomeAtOnce.KeepsReferences(trial, chain, steps))
        {
            steps = chain.Migrations.Count;
        }

        trial.Note("changed between down and up", $"{steps} of {chain.Migrations.Count}");
        if (!Refusal.Allows(trial, chain, WayBack.SomeAtOnce, () => ours.Down(steps)))
        {
            return;
        }

        var changed = Changed(last, before: ChainState.After(chain.UpTo(last.Version - 1)));
        if (!Refusal.AllowsUp(trial, chain.With(changed)))
        {
            return;
        }

        var after = trial.Dump("ours");
        ChainFailure.Unless(
            [
                .. Lost(chain, before, after, trial),
                .. MissingOfUp(chain.With(changed), changed, before, after),
            ],
            "a changed Up loses rows"
        );
    }

    /// <summary>The migration with other texts in its rows, and one row more.</summary>
    private static ChainMigration Changed(ChainMigration migration, ChainState before)
    {
        var state = before;
        var operations = new List<ChainOperation>();
        foreach (var operation in migration.Operations)
        {
            var changed = operation switch
            {
                InsertRows insert => insert with
                {
                    Rows = [.. insert.Rows.Select(row => Changed(row, state[insert.Table].Label))],
                },
                InsertReferring insert when IsChanged(insert.Reference, state) => insert with
                {
                    Reference = insert.Reference with { Text = insert.Reference.Text + Suffix },
                },
                _ => operation,
            };
            operations.Add(changed);
            state.Apply(changed);
        }

        var table = state.Tables.Find(t => t.Rows.Exists(row => IsChanged(row[t.Label])));
        if (table is not null)
        {
            var row = new Dictionary<string, Cell> { [table.Label] = NewRow };
            if (!table.HasIdentity)
            {
                row["id"] = table.Next;
            }

            operations.Add(new InsertRows(table.Name, [row]));
        }

        return migration with
        {
            Operations = operations,
        };
    }

    private static Dictionary<string, Cell> Changed(
        IReadOnlyDictionary<string, Cell> row,
        string label
    ) => new(row) { [label] = row[label].Text + Suffix };

    private static bool IsChanged(Cell label) =>
        label.Text?.EndsWith(Suffix, StringComparison.Ordinal) == true;

    private static bool IsChanged(Lookup lookup, ChainState state) =>
        state[lookup.Parent]
            .Rows.Exists(row => row[lookup.ParentColumn].Text == lookup.Text + Suffix);

    /// <summary>Rows from before that are neither in their table nor in the archive.</summary>
    private static IEnumerable<string> Lost(
        Chain chain,
        ChainDump before,
        ChainDump after,
        ChainTrial trial
    )
    {
        using var connection = trial.Place.Open("ours");
        var archived = Archived(trial.Place, connection);
        return from table in ChainState.After(chain).Tables
            from row in before.Tables[table.Name]
            where !IsKept(row, table, after.Tables[table.Name].Concat(archived))
            select $"  lost {table.Name}: {ChainDump.Line(row)}";
    }

    /// <summary>
    /// Whether the row is in its table or in the archive, with every value. The archive knows columns by their names at
    /// the Down, and may hold the values of a dropped one apart; identifier and text of the row find it.
    /// </summary>
    private static bool IsKept(Row row, TableState table, IEnumerable<Row> places)
    {
        var parts = places.Where(place => place.GetValueOrDefault("id") == row["id"]).ToArray();
        return Has(row[table.Label])
            && table.Columns.All(column => row[column.Name] == "NULL" || Has(row[column.Name]));

        bool Has(string value) => parts.Any(part => part.Values.Contains(value));
    }

    private static List<Row> Archived(ChainPlace place, DbConnection connection) =>
        [.. place.ArchiveTables(connection).SelectMany(table => place.Rows(connection, table))];

    /// <summary>Rows of the changed Up that are not there, though no archived row has their key.</summary>
    private static IEnumerable<string> MissingOfUp(
        Chain chain,
        ChainMigration changed,
        ChainDump before,
        ChainDump after
    )
    {
        var earlier = ChainState.After(chain.UpTo(changed.Version - 1)).Tables;
        var named = changed
            .Operations.OfType<InsertRows>()
            .SelectMany(insert => insert.Rows)
            .Where(row => row.ContainsKey("id"))
            .SelectMany(row => row.Values)
            .ToHashSet();
        return from table in ChainState.After(chain).Tables
            let isNew = !earlier.Exists(other => other.Origin == table.Origin)
            from row in table.Rows
            let label = row[table.Label]
            where IsChanged(label) || label == NewRow
            where !after.Tables[table.Name].Any(other => other[table.Label] == label.Sql)
            // The identifiers that a table counts which stays are higher than those of archived rows.
            let isKeyKnown = isNew || named.Contains(label)
            where !isKeyKnown || !before.Tables[table.Name].Any(r => r["id"] == row["id"].Sql)
            select $"  missing {table.Name}: {label.Text}";
    }
}
