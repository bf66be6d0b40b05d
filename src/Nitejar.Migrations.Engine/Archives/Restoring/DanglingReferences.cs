using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>Which rows refer to rows that are not there, before and after archived rows come back.</summary>
internal sealed class DanglingReferences(ISession session, WaitingRows waiting)
{
    private readonly Dictionary<string, long> _before = new(session.Dialect.Names);

    /// <summary>Counts those that refer to this table, when it is asked for the first time.</summary>
    public void Count(string parent)
    {
        if (!_before.ContainsKey(parent))
        {
            _before[parent] = Read(parent, except: []);
        }
    }

    /// <summary>
    /// Returns what is referred to and not there; empty where there are no more such references than when they were
    /// counted. The rows that have come back do not count.
    /// </summary>
    public IReadOnlyList<MissingParents> Missing(
        string parent,
        IReadOnlyList<RowRestoration> back
    ) =>
        Read(parent, back) <= _before[parent]
            ? []
            :
            [
                .. Children(parent)
                    .Select(child => new MissingParents(
                        child.Reference,
                        Values(child.Table, child.Reference, back)
                    )),
            ];

    private long Read(string parent, IReadOnlyList<RowRestoration> except) =>
        Children(parent)
            .Sum(child =>
                session.Number(
                    $"SELECT count(*) FROM {Dangling(child.Table, child.Reference, except)}"
                )
            );

    private List<(string, object?)[]> Values(
        string child,
        Reference reference,
        IReadOnlyList<RowRestoration> except
    ) =>
        session.Query(
            $"SELECT DISTINCT {StoredTable.List(reference.Columns, "t.")} FROM {Dangling(child, reference, except)}",
            row =>
                Enumerable
                    .Range(0, row.FieldCount)
                    .Select(i => (Reference.Parameter(i), (object?)row.GetValue(i)))
                    .ToArray()
        );

    private IEnumerable<(string Table, Reference Reference)> Children(string parent) =>
        session
            .Tables.ReadNames()
            .SelectMany(child =>
                session
                    .ReadReferences(child)
                    .Where(reference => session.Dialect.Names.Equals(reference.Parent, parent))
                    .Select(reference => (child, reference))
            );

    private string Dangling(
        string child,
        Reference reference,
        IReadOnlyList<RowRestoration> except
    ) =>
        $"{session.Dialect.Qualify(child)} AS t WHERE {reference.IsDangling("t")}{Without(child, except)}{WithoutWaiting(child)}";

    /// <summary>What a waiting row refers to is to come: another row that has its number by now is not what it needs.</summary>
    private string WithoutWaiting(string child) =>
        session.Tables.Find(child) is { } table && waiting.Condition(table) is { } waits
            ? $" AND NOT {waits}"
            : "";

    private string Without(string table, IReadOnlyList<RowRestoration> back) =>
        string.Concat(
            back.Where(rows => session.Dialect.Names.Equals(rows.Table.Name, table))
                .Select(rows =>
                    $" AND NOT EXISTS (SELECT 1 FROM {rows.Archive.Quoted} AS a WHERE {rows.Places.SameRow})"
                )
        );
}

/// <summary>Rows that are referred to and not there.</summary>
/// <param name="Reference">The foreign key.</param>
/// <param name="Values">What it holds, each as parameters of <see cref="Reference.HasValues"/>.</param>
internal sealed record MissingParents(
    Reference Reference,
    IReadOnlyList<(string Name, object? Value)[]> Values
);
