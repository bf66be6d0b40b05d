using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>
/// Archived rows that refer to rows of other migrations, which are in the archive as well: a table of one migration
/// filled by another. They could not be put back with their own table, and wait for the Up of the other one.
/// </summary>
internal sealed class WaitingRows
{
    private const string NothingToCome = "the rows that they refer to are in the archive no longer";
    private readonly SqliteConnection _connection;
    private readonly IReadOnlyList<StoredArchive> _all;

    private WaitingRows(SqliteConnection connection)
    {
        _connection = connection;
        _all = VersionArchiveTable.Read(connection);
    }

    /// <summary>Lets those archives wait whose rows could not be put back because of rows that are still to come.</summary>
    /// <param name="connection">The connection of the run.</param>
    /// <param name="archives">What was to be put back.</param>
    /// <param name="results">What became of it.</param>
    /// <returns>The results, which say of those rows that they wait.</returns>
    public static IReadOnlyList<RestoredRows> Settle(
        SqliteConnection connection,
        IReadOnlyList<StoredArchive> archives,
        IReadOnlyList<RestoredRows> results
    )
    {
        if (results.All(rows => rows.Left == 0))
        {
            return results;
        }

        var waiting = new WaitingRows(connection);
        var left = waiting._all.Where(archive =>
            archives.Any(known => known.Entry.Id == archive.Entry.Id)
        );
        var reasons = new Dictionary<(string Table, string? Column), string>();
        foreach (var (archive, migration) in waiting.Find([.. left]))
        {
            var reason = $"they wait for {migration}, whose archived rows they refer to";
            reasons[(archive.Entry.Table, archive.Entry.Column)] = reason;
            waiting.Wait(archive, reason);
        }

        return
        [
            .. results.Select(rows =>
                rows.Left > 0 && reasons.TryGetValue((rows.Table, rows.Column), out var reason)
                    ? rows with
                    {
                        Reason = reason,
                        AreWaiting = true,
                    }
                    : rows
            ),
        ];
    }

    /// <summary>Leaves those over that wait for nothing any more.</summary>
    public static void SettleWithout(SqliteConnection connection)
    {
        var waiting = new WaitingRows(connection);
        var all = waiting._all.Where(a => a.Entry.State == ArchiveState.Waiting).ToArray();
        var found = waiting.Find(all).Select(wait => wait.Archive.Entry.Id).ToHashSet();
        foreach (var archive in all.Where(archive => !found.Contains(archive.Entry.Id)))
        {
            Leftovers.Leave(connection, archive, NothingToCome);
        }
    }

    private void Wait(StoredArchive archive, string reason) =>
        VersionArchiveTable.Update(
            _connection,
            archive with
            {
                Scope =
                    archive.Scope == ArchiveScope.Column ? ArchiveScope.Column : ArchiveScope.Rows,
                Entry = archive.Entry with { State = ArchiveState.Waiting, Reason = reason },
            }
        );

    /// <summary>Finds those that refer to rows which are still to come, directly or through one another.</summary>
    private List<(StoredArchive Archive, MigrationId For)> Find(
        IReadOnlyCollection<StoredArchive> candidates
    )
    {
        var found = new List<(StoredArchive Archive, MigrationId For)>();
        var toCome = _all.Where(archive =>
                archive.Entry.State == ArchiveState.Kept
                && candidates.All(candidate => candidate.Entry.Id != archive.Entry.Id)
            )
            .Select(archive => (Archive: archive, For: archive.Entry.Migration))
            .ToList();
        for (var i = 0; i < toCome.Count; i++)
        {
            var (parents, migration) = toCome[i];
            foreach (var archive in candidates)
            {
                if (
                    found.All(wait => wait.Archive.Entry.Id != archive.Entry.Id)
                    && RefersTo(archive, parents)
                )
                {
                    found.Add((archive, migration));
                    toCome.Add((archive, migration));
                }
            }
        }

        return found;
    }

    /// <summary>Whether a row of the one refers to a row of the other, and its table does not have that row.</summary>
    private bool RefersTo(StoredArchive archive, StoredArchive parents)
    {
        if (parents.Scope is not (ArchiveScope.Table or ArchiveScope.Rows))
        {
            return false;
        }

        var columns = ArchivedRows.ColumnsOf(_connection, archive);
        var parentColumns = ArchivedRows.ColumnsOf(_connection, parents);
        return SqliteReference
            .Of(_connection, archive.Entry.Table)
            .Any(reference =>
                SqliteNames.Comparer.Equals(reference.Parent, parents.Entry.Table)
                && reference.ParentColumns.Count == reference.Columns.Count
                && ArchivedRows.Have(columns, reference.Columns)
                && ArchivedRows.Have(parentColumns, reference.ParentColumns)
                && _connection.Any(
                    $"""
                    SELECT 1 FROM {archive.Quoted} AS a WHERE {reference.IsDangling("a")}
                        AND EXISTS (SELECT 1 FROM {parents.Quoted} AS p WHERE {reference.IsTo(
                        "p",
                        "a"
                    )}) LIMIT 1
                    """
                )
            );
    }
}
