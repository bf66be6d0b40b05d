using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>
/// Puts archived rows back after the Up of their migration. Everything is put back first; then what refers to a row
/// that is not there is taken out again, until nothing changes, so that neither the order of tables nor references
/// in a circle matter.
/// </summary>
internal sealed class SqliteArchiveRestorer(SqliteConnection connection, StepScope step)
{
    private const string Superseded = "a later run archived the same tables";
    private readonly HashSet<string> _existedBefore = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<StoredArchive> _kept = [];

    /// <summary>Looks, before the Up, for what there is to put back.</summary>
    public void Prepare()
    {
        _kept =
        [
            .. VersionArchiveTable
                .Read(connection)
                .Where(a =>
                    a.Entry.State == ArchiveState.Kept
                    && a.Entry.Migration.Version == step.Migration.Version
                ),
        ];
        foreach (var archive in _kept)
        {
            if (SqliteTable.Find(connection, archive.Entry.Table) is not null)
            {
                _existedBefore.Add(archive.Entry.Table);
            }
        }
    }

    /// <summary>Removes the rows from the archive for good.</summary>
    /// <returns>How many there were.</returns>
    public long Discard()
    {
        foreach (var archive in _kept)
        {
            VersionArchiveTable.Remove(connection, archive);
        }

        return _kept.Sum(archive => archive.Entry.Rows);
    }

    /// <summary>Puts the rows back that fit, those of the latest run only.</summary>
    public IReadOnlyList<RestoredRows> Restore()
    {
        if (_kept.Count == 0)
        {
            return [];
        }

        var latest = _kept[^1].Entry.RunId;
        foreach (var older in _kept.Where(archive => archive.Entry.RunId != latest))
        {
            Leave(older, Superseded);
        }

        // The last archived was the first created: parents come before children.
        var archives = _kept.Where(archive => archive.Entry.RunId == latest).Reverse().ToArray();
        using (WithoutTriggers())
        {
            return [.. RestoreRows(archives), .. RestoreColumns(archives)];
        }
    }

    private List<RestoredRows> RestoreRows(StoredArchive[] archives)
    {
        var results = new List<RestoredRows>();
        var restorations = new List<RowRestoration>();
        foreach (var archive in archives.Where(a => a.Scope != ArchiveScope.Column))
        {
            if (WhyNot(archive) is { } reason)
            {
                results.Add(Leave(archive, reason));
                continue;
            }

            var restoration = new RowRestoration(
                connection,
                archive,
                SqliteTable.Find(connection, archive.Entry.Table)!,
                IsWhole: archive.Scope == ArchiveScope.Table
                    && !_existedBefore.Contains(archive.Entry.Table)
            );
            restoration.Insert();
            restorations.Add(restoration);
        }

        while (restorations.Sum(restoration => restoration.RemoveDangling()) > 0)
        {
            // What was removed may have been the parent of something else.
        }

        results.AddRange(restorations.Select(restoration => restoration.Finish()));
        return results;
    }

    private List<RestoredRows> RestoreColumns(StoredArchive[] archives) =>
        [
            .. archives
                .Where(archive => archive.Scope == ArchiveScope.Column)
                .Select(archive =>
                    WhyNot(archive) is { } reason
                        ? Leave(archive, reason)
                        : new ColumnRestoration(
                            connection,
                            archive,
                            SqliteTable.Find(connection, archive.Entry.Table)!
                        ).Run()
                ),
        ];

    /// <summary>Why nothing of it can be put back; <see langword="null"/> when it can be tried.</summary>
    private string? WhyNot(StoredArchive archive)
    {
        var columns = ArchivedRows.ColumnsOf(connection, archive);
        if (columns.Count == 0)
        {
            return $"{archive.Entry.ArchiveTable} is gone";
        }

        return SqliteTable.Find(connection, archive.Entry.Table) switch
        {
            null => $"there is no table {archive.Entry.Table} any more",
            { IsVirtual: true } => $"{archive.Entry.Table} is a virtual table now",
            var table when columns.Find(c => !table.HasColumns([c])) is { } missing =>
                $"{archive.Entry.Table} has no column {missing} any more",
            { HasKey: false } => $"the rows of {archive.Entry.Table} cannot be told apart",
            _ => null,
        };
    }

    private RestoredRows Leave(StoredArchive archive, string reason)
    {
        var left = archive with
        {
            Entry = archive.Entry with { State = ArchiveState.LeftOver, Reason = reason },
        };
        VersionArchiveTable.Update(connection, left);
        return new RestoredRows(
            left.Entry.Table,
            left.Entry.Column,
            Rows: 0,
            left.Entry.Rows,
            reason
        );
    }

    /// <summary>Rows come back as they were: no trigger may change them or do its work a second time.</summary>
    private TriggerPause WithoutTriggers() => new(connection);

    private readonly struct TriggerPause : IDisposable
    {
        private readonly SqliteConnection _connection;

        public TriggerPause(SqliteConnection connection)
        {
            _connection = connection;
            Set(0);
        }

        public void Dispose() => Set(1);

        private void Set(int on) =>
            _ = raw.sqlite3_db_config(
                _connection.Handle,
                raw.SQLITE_DBCONFIG_ENABLE_TRIGGER,
                on,
                out _
            );
    }
}
