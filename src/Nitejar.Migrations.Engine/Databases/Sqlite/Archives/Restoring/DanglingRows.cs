using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives.Restoring;

/// <summary>The rows of a table that refer to rows which are not there.</summary>
internal static class DanglingRows
{
    /// <summary>The condition that row <c>t</c> is one; <see langword="null"/> for a table without references.</summary>
    public static string? Condition(SqliteConnection connection, string table)
    {
        var references = SqliteReference.Of(connection, table);
        return references.Count == 0
            ? null
            : string.Join(" OR ", references.Select(reference => $"({reference.IsDangling("t")})"));
    }

    /// <summary>Their row numbers; of a table without any, how many they are.</summary>
    public static (HashSet<long> Rows, long Count) Read(
        SqliteConnection connection,
        SqliteTable table
    )
    {
        if (Condition(connection, table.Name) is not { } dangling)
        {
            return ([], 0);
        }

        if (table.RowId is { } rowId)
        {
            var rows = connection.Query(
                $"SELECT t.{rowId} FROM {table.Quoted} AS t WHERE {dangling}",
                row => row.GetInt64(0)
            );
            return ([.. rows], rows.Count);
        }

        return (
            [],
            connection.Number($"SELECT count(*) FROM {table.Quoted} AS t WHERE {dangling}")
        );
    }
}
