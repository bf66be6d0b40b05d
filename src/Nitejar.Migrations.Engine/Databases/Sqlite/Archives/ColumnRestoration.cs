using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>Puts the archived values of one column back.</summary>
/// <param name="Connection">The connection of the run.</param>
/// <param name="Archive">The values with their keys.</param>
/// <param name="Table">The table as it is now.</param>
internal sealed record ColumnRestoration(
    SqliteConnection Connection,
    StoredArchive Archive,
    SqliteTable Table
)
{
    private const string DoesNotFit =
        "their rows or the rows that they refer to are gone, or a constraint is in their way";

    public RestoredRows Run()
    {
        var archived = ArchivedRows.Count(Connection, Archive);
        var column = SqliteCommands.Quote(Archive.Entry.Column!);
        var sameRow = ArchivedRows.SameKey(Key());
        Connection.Execute(
            $"""
            UPDATE OR IGNORE {Table.Quoted} AS t SET {column} = a.{column}
            FROM {Archive.Quoted} AS a WHERE {sameRow}{KeepsReferences(column)}
            """
        );
        Connection.Execute(
            $"""
            DELETE FROM {Archive.Quoted} AS a
            WHERE EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {sameRow} AND t.{column} IS a.{column})
            """
        );
        return Leftovers.Settle(Connection, Archive, archived, DoesNotFit);
    }

    /// <summary>All columns of the archive but the last, which is the value; without any, the rowid.</summary>
    private string[] Key()
    {
        string[] key = [.. ArchivedRows.ColumnsOf(Connection, Archive).SkipLast(1)];
        return key.Length > 0 ? key : [Table.RowId ?? "rowid"];
    }

    private string KeepsReferences(string column) =>
        string.Concat(
            SqliteReference
                .Of(Connection, Table.Name)
                .Where(reference => reference.IsFrom(Archive.Entry.Column!))
                .Select(reference =>
                    $" AND NOT ({reference.IsDangling("t", column, $"a.{column}")})"
                )
        );
}
