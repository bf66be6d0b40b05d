using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring.Placing;

/// <summary>The rows of a table that refer to rows which are not there.</summary>
internal static class DanglingRows
{
    /// <summary>The condition that row <c>t</c> is one; <see langword="null"/> for a table without references.</summary>
    public static string? Condition(ISession session, string table)
    {
        var references = session.ReadReferences(table);
        return references.Count == 0
            ? null
            : string.Join(" OR ", references.Select(reference => $"({reference.IsDangling("t")})"));
    }

    /// <summary>Their row numbers; of a table without any, how many they are.</summary>
    public static (HashSet<long> Rows, long Count) Read(ISession session, StoredTable table)
    {
        if (Condition(session, table.Name) is not { } dangling)
        {
            return ([], 0);
        }

        if (table.Number is { } number)
        {
            var rows = session.Query(
                $"SELECT CAST(t.{Identifier.Quote(number)} AS {session.Dialect.Types.Integer}) FROM {table.Quoted} AS t WHERE {dangling}",
                row => row.GetInt64(0)
            );
            return ([.. rows], rows.Count);
        }

        return ([], session.Number($"SELECT count(*) FROM {table.Quoted} AS t WHERE {dangling}"));
    }
}
