using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>How many rows refer to rows that are not there, before and after archived rows come back.</summary>
internal sealed class DanglingReferences(SqliteConnection connection)
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

    /// <summary>Whether there are more of them than when they were counted, without the rows that have come back.</summary>
    public bool Increased(string parent, IReadOnlyList<RowRestoration> back) =>
        Read(parent, back) > _before[parent];

    private long Read(string parent, IReadOnlyList<RowRestoration> except) =>
        SqliteRows
            .Tables(connection)
            .SelectMany(child =>
                SqliteReference
                    .Of(connection, child)
                    .Where(reference => SqliteNames.Comparer.Equals(reference.Parent, parent))
                    .Select(reference =>
                        connection.Number(
                            $"SELECT count(*) FROM main.{SqliteCommands.Quote(child)} AS t WHERE {reference.IsDangling("t")}{Without(child, except)}"
                        )
                    )
            )
            .Sum();

    private static string Without(string table, IReadOnlyList<RowRestoration> back) =>
        string.Concat(
            back.Where(rows => SqliteNames.Comparer.Equals(rows.Table.Name, table))
                .Select(rows =>
                    $" AND NOT EXISTS (SELECT 1 FROM {rows.Archive.Quoted} AS a WHERE {rows.SameRow})"
                )
        );
}
