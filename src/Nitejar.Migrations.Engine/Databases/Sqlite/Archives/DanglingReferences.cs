using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>How many rows refer to rows that are not there, before and after something is done to their parents.</summary>
internal sealed class DanglingReferences(SqliteConnection connection)
{
    private readonly Dictionary<string, long> _before = new(SqliteNames.Comparer);

    /// <summary>Counts those that refer to this table, when it is asked for the first time.</summary>
    public void Count(string parent)
    {
        if (!_before.ContainsKey(parent))
        {
            _before[parent] = Read(parent);
        }
    }

    /// <summary>Whether there are more of them than when they were counted.</summary>
    public bool Increased(string parent) => Read(parent) > _before[parent];

    private long Read(string parent) =>
        SqliteRows
            .Tables(connection)
            .SelectMany(child =>
                SqliteReference
                    .Of(connection, child)
                    .Where(reference => SqliteNames.Comparer.Equals(reference.Parent, parent))
                    .Select(reference =>
                        connection.Number(
                            $"SELECT count(*) FROM main.{SqliteCommands.Quote(child)} AS t WHERE {reference.IsDangling("t")}"
                        )
                    )
            )
            .Sum();
}
