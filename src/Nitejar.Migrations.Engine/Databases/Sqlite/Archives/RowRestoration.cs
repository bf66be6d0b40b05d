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

    private const string IsTaken = "the table has other rows with their keys";
    private readonly long _archived = ArchivedRows.Count(Connection, Archive);
    private readonly IReadOnlyList<string> _columns = ArchivedRows.ColumnsOf(Connection, Archive);
    private long _takenPlaces;
    private bool _nothingFits;

    /// <summary>The table's key, where the rows have it: a newer Up may have given the table another one.</summary>
    private IReadOnlyList<string> Key =>
        ArchivedRows.Have(_columns, Table.PrimaryKey) ? Table.PrimaryKey : [];

    private bool UsesRowId => Table.RowId is not null && (IsWhole || Key.Count == 0);

    /// <summary>The condition that <c>t</c> is where <c>a</c> belongs. The rowid tells the rows of a whole table apart, since it is put back too.</summary>
    private string SamePlace =>
        (UsesRowId, Key.Count) switch
        {
            (true, _) => ArchivedRows.SameKey([Table.RowId!]),
            (_, 0) => ArchivedRows.SameValues(_columns),
            _ => $"{ArchivedRows.SameKey(Key)} AND {ArchivedRows.IsComplete(Key)}",
        };

    /// <summary>The condition that <c>t</c> is <c>a</c>, once it was put back. A key with NULL in it is none.</summary>
    private string SameRow =>
        UsesRowId || Key.Count == 0
            ? SamePlace
            : $"{ArchivedRows.SameKey(Key)} AND (({ArchivedRows.IsComplete(Key)}) OR {ArchivedRows.SameValues(_columns)})";

    /// <summary>Puts back every row that no constraint of the table itself forbids.</summary>
    public void Insert()
    {
        if (!IsWhole)
        {
            SetAsideWhatIsThere();
            InsertWhatFits();
            return;
        }

        // What the Up filled in itself gives way: the archive has it as it was last.
        Connection.Execute("SAVEPOINT \"whole\"");
        Connection.Execute($"DELETE FROM {Table.Quoted}");
        _nothingFits = InsertWhatFits() == 0 && _archived > 0;
        if (_nothingFits)
        {
            Connection.Execute("ROLLBACK TO \"whole\"");
        }

        Connection.Execute("RELEASE \"whole\"");
    }

    /// <summary>Takes rows out again whose parent is not there.</summary>
    /// <returns>How many.</returns>
    public long RemoveDangling()
    {
        if (_nothingFits)
        {
            return 0;
        }

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

        if (_nothingFits)
        {
            return Leftovers.Settle(Connection, Archive, _archived, DoesNotFit);
        }

        if (IsWhole && Table.Count(Connection) == _archived)
        {
            VersionArchiveTable.Remove(Connection, Archive);
            return new RestoredRows(Table.Name, Column: null, _archived, Left: 0, Reason: null);
        }

        Connection.Execute(
            $"DELETE FROM {Archive.Quoted} AS a WHERE EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {SameRow})"
        );
        var settled = Leftovers.Settle(Connection, Archive, _archived, DoesNotFit);
        return settled with
        {
            Rows = settled.Rows - _takenPlaces,
            Left = settled.Left + _takenPlaces,
            Reason = settled.Reason ?? (_takenPlaces > 0 ? IsTaken : null),
        };
    }

    private long InsertWhatFits()
    {
        var columns = SqliteTable.List(_columns);
        var copied = UsesRowId ? $"{Table.RowId}, {columns}" : columns;
        return ArchivedRows.ForThoseThatFit(
            Connection,
            Archive,
            condition =>
                $"INSERT OR IGNORE INTO {Table.Quoted} ({copied}) SELECT {copied} FROM {Archive.Quoted} AS a WHERE {condition}"
        );
    }

    /// <summary>Rows whose key other rows have by now go into a left-over archive of their own. The same rows are back already.</summary>
    private void SetAsideWhatIsThere()
    {
        var there = $"EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {SamePlace})";
        Connection.Execute(
            $"DELETE FROM {Archive.Quoted} AS a WHERE EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {SamePlace} AND {ArchivedRows.SameValues(_columns)})"
        );
        _takenPlaces = Connection.Number(
            $"SELECT count(*) FROM {Archive.Quoted} AS a WHERE {there}"
        );
        if (_takenPlaces == 0)
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
                    Rows = _takenPlaces,
                    State = ArchiveState.LeftOver,
                    Reason = IsTaken,
                },
            }
        );
        Connection.Execute(
            $"CREATE TABLE {aside.Quoted} AS SELECT * FROM {Archive.Quoted} AS a WHERE {there}"
        );
        Connection.Execute($"DELETE FROM {Archive.Quoted} AS a WHERE {there}");
    }
}
