using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>Puts the archived rows of one table back.</summary>
/// <param name="Connection">The connection of the run.</param>
/// <param name="Archive">The rows.</param>
/// <param name="Table">The table as it is now.</param>
/// <param name="IsWhole">The Up has just made the table, and these were all of its rows.</param>
internal sealed record RowRestoration(
    SqliteConnection Connection,
    StoredArchive Archive,
    SqliteTable Table,
    bool IsWhole
)
{
    private const string DoesNotFit =
        "their parents are gone, or a constraint or another row is in their way";

    private bool UsesRowId => Table.RowId is not null && (IsWhole || Table.PrimaryKey.Count == 0);

    /// <summary>The rowid tells the rows of a whole table apart, since it is put back too.</summary>
    private string SameRow => ArchivedRows.SameKey(UsesRowId ? [Table.RowId!] : Table.PrimaryKey);

    /// <summary>Puts back every row that no constraint of the table itself forbids.</summary>
    public void Insert()
    {
        if (IsWhole)
        {
            // What the Up filled in itself: the archive has it as it was last.
            Connection.Execute($"DELETE FROM {Table.Quoted}");
        }
        else
        {
            SetAsideWhatIsThere();
        }

        var columns = SqliteTable.List(ArchivedRows.ColumnsOf(Connection, Archive));
        var copied = UsesRowId ? $"{Table.RowId}, {columns}" : columns;
        Connection.Execute(
            $"INSERT OR IGNORE INTO {Table.Quoted} ({copied}) SELECT {copied} FROM {Archive.Quoted}"
        );
    }

    /// <summary>Takes rows out again whose parent is not there.</summary>
    /// <returns>How many.</returns>
    public long RemoveDangling()
    {
        var ours = IsWhole
            ? ""
            : $" AND EXISTS (SELECT 1 FROM {Archive.Quoted} AS a WHERE {SameRow})";
        return SqliteReference
            .Of(Connection, Table.Name)
            .Sum(reference =>
                Connection.Change(
                    $"DELETE FROM {Table.Quoted} AS t WHERE {reference.IsDangling(row: "t")}{ours}"
                )
            );
    }

    /// <summary>Takes what is back out of the archive.</summary>
    public RestoredRows Finish()
    {
        if (Archive.Sequence is { } sequence)
        {
            SqliteSequence.Raise(Connection, Table.Name, sequence);
        }

        var archived = ArchivedRows.Count(Connection, Archive);
        if (!IsWhole || Table.Count(Connection) != archived)
        {
            Connection.Execute(
                $"DELETE FROM {Archive.Quoted} AS a WHERE EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {SameRow})"
            );
            return Leftovers.Settle(Connection, Archive, archived, DoesNotFit);
        }

        VersionArchiveTable.Remove(Connection, Archive);
        return new RestoredRows(Table.Name, Column: null, archived, Left: 0, Reason: null);
    }

    /// <summary>Rows whose key the table has by now go into a left-over archive of their own.</summary>
    private void SetAsideWhatIsThere()
    {
        var there = $"EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {SameRow})";
        var count = Connection.Number($"SELECT count(*) FROM {Archive.Quoted} AS a WHERE {there}");
        if (count == 0)
        {
            return;
        }

        var aside = VersionArchiveTable.Add(
            Connection,
            Archive with
            {
                Scope = ArchiveScope.Rows,
                Sequence = null,
                Entry = Archive.Entry with
                {
                    Rows = count,
                    State = ArchiveState.LeftOver,
                    Reason = "the table has other rows with their keys",
                },
            }
        );
        Connection.Execute(
            $"CREATE TABLE {aside.Quoted} AS SELECT * FROM {Archive.Quoted} AS a WHERE {there}"
        );
        Connection.Execute($"DELETE FROM {Archive.Quoted} AS a WHERE {there}");
    }
}
