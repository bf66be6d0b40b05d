using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Guards;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives.Restoring;

/// <summary>Which rows refer to rows that are not there, before and after archived rows come back.</summary>
internal sealed class DanglingReferences(SqliteConnection connection, WaitingRows waiting)
{
    private readonly Dictionary<string, long> _before = new(SqliteNames.Comparer);

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
                connection.Number(
                    $"SELECT count(*) FROM {Dangling(child.Table, child.Reference, except)}"
                )
            );

    private List<(string, object?)[]> Values(
        string child,
        SqliteReference reference,
        IReadOnlyList<RowRestoration> except
    ) =>
        connection.Query(
            $"SELECT DISTINCT {SqliteTable.List(reference.Columns, "t.")} FROM {Dangling(child, reference, except)}",
            row =>
                Enumerable
                    .Range(0, row.FieldCount)
                    .Select(i => (SqliteReference.Parameter(i), (object?)row.GetValue(i)))
                    .ToArray()
        );

    private IEnumerable<(string Table, SqliteReference Reference)> Children(string parent) =>
        SqliteRows
            .Tables(connection)
            .SelectMany(child =>
                SqliteReference
                    .Of(connection, child)
                    .Where(reference => SqliteNames.Comparer.Equals(reference.Parent, parent))
                    .Select(reference => (child, reference))
            );

    private string Dangling(
        string child,
        SqliteReference reference,
        IReadOnlyList<RowRestoration> except
    ) =>
        $"main.{SqliteCommands.Quote(child)} AS t WHERE {reference.IsDangling("t")}{Without(child, except)}{WithoutWaiting(child)}";

    /// <summary>What a waiting row refers to is to come: another row that has its number by now is not what it needs.</summary>
    private string WithoutWaiting(string child) =>
        SqliteTable.Find(connection, child) is { } table && waiting.Condition(table) is { } waits
            ? $" AND NOT {waits}"
            : "";

    private static string Without(string table, IReadOnlyList<RowRestoration> back) =>
        string.Concat(
            back.Where(rows => SqliteNames.Comparer.Equals(rows.Table.Name, table))
                .Select(rows =>
                    $" AND NOT EXISTS (SELECT 1 FROM {rows.Archive.Quoted} AS a WHERE {rows.SameRow})"
                )
        );
}

/// <summary>Rows that are referred to and not there.</summary>
/// <param name="Reference">The foreign key.</param>
/// <param name="Values">What it holds, each as parameters of <see cref="SqliteReference.HasValues"/>.</param>
internal sealed record MissingParents(
    SqliteReference Reference,
    IReadOnlyList<(string Name, object? Value)[]> Values
);
