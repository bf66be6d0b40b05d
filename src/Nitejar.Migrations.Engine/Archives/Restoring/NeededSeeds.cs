using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>
/// The rows of an Up that have to stay although archived rows replace the others, because rows that stay refer to them.
/// They are found by trying, and each attempt can only add some.
/// </summary>
internal sealed class NeededSeeds(ISession session)
{
    /// <summary>Above this, all rows of the table stay: their numbers are listed in SQL, which may have 1,000,000 characters.</summary>
    private const int MostRows = 10_000;

    private readonly HashSet<string> _whole = new(session.Dialect.Names);
    private readonly Dictionary<string, HashSet<long>> _rows = new(session.Dialect.Names);

    /// <summary>Whether every row that the Up has inserted into the table stays.</summary>
    public bool AreAll(string table) => _whole.Contains(table);

    /// <summary>The numbers of those that stay where not all of them do.</summary>
    public IReadOnlyCollection<long> Of(string table) => _rows.GetValueOrDefault(table) ?? [];

    /// <summary>Lets all of the table's stay.</summary>
    public void AddAll(string table) => _whole.Add(table);

    /// <summary>Lets those stay that something refers to; all of them where they cannot be told.</summary>
    /// <param name="rows">The table, with its Up's rows in it again.</param>
    /// <param name="missing">What was referred to when they were not there.</param>
    public void Add(RowRestoration rows, IReadOnlyList<MissingParents> missing)
    {
        if (!TryAdd(rows, missing))
        {
            AddAll(rows.Table.Name);
        }
    }

    private bool TryAdd(RowRestoration rows, IReadOnlyList<MissingParents> missing)
    {
        if (rows.Table.Number is not { } number)
        {
            return false;
        }

        if (!_rows.TryGetValue(rows.Table.Name, out var known))
        {
            _rows[rows.Table.Name] = known = [];
        }

        var before = known.Count;
        foreach (var parents in missing)
        {
            var isParent = parents.Reference.HasValues("t");
            foreach (var values in parents.Values)
            {
                known.UnionWith(
                    session.Query(
                        $"SELECT CAST(t.{Identifier.Quote(number)} AS {session.Dialect.Types.Integer}) FROM {rows.Table.Quoted} AS t WHERE {rows.Places.IsSeed} AND {isParent}",
                        row => row.GetInt64(0),
                        values
                    )
                );
            }
        }

        return known.Count > before && known.Count <= MostRows;
    }
}
