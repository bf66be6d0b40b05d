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

    private const string Indistinct =
        "the Down rebuilt the table, and its rows cannot be told apart by a key";

    private LiveTables? _before;
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
        _before = _kept.Count > 0 && step.KeepRows ? LiveTables.Read(connection) : null;
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
        var older = _kept.Where(archive => archive.Entry.RunId != latest);
        var superseded = older.Select(archive => Leave(archive, Superseded)).ToArray();

        // The last archived was the first created: parents come before children.
        var archives = _kept.Where(archive => archive.Entry.RunId == latest).Reverse().ToArray();
        using (WithoutTriggers())
        {
            return [.. Restore(archives), .. superseded];
        }
    }

    private List<RestoredRows> Restore(StoredArchive[] archives)
    {
        var results = new List<RestoredRows>();
        var fitting = archives
            .Where(archive =>
            {
                var reason = WhyNot(archive);
                results.AddRange(reason is null ? [] : [Leave(archive, reason)]);
                return reason is null;
            })
            .ToLookup(archive => archive.Scope == ArchiveScope.Column);

        var moved = LiveTables.Read(connection).Lack(_before!);
        var rows = fitting[false].Select(archive => RowsOf(archive, moved)).ToArray();
        foreach (var restoration in rows)
        {
            restoration.Insert();
        }

        // What refers to rows waits until it is known which of them stay; what rows may refer to does not.
        var columns = fitting[true].Select(archive => ColumnOf(archive, moved)).ToArray();
        foreach (var column in columns.Where(column => !column.Refers))
        {
            column.Update();
        }

        while (rows.Sum(restoration => restoration.RemoveDangling()) > 0)
        {
            // What was removed may have been the parent of something else.
        }

        foreach (var column in columns.Where(column => column.Refers))
        {
            column.Update();
        }

        results.AddRange(rows.Select(restoration => restoration.Finish()));
        results.AddRange(columns.Select(column => column.Finish()));
        return results;
    }

    private RowRestoration RowsOf(StoredArchive archive, bool moved)
    {
        var table = SqliteTable.Find(connection, archive.Entry.Table)!;
        var isNew = archive.Scope == ArchiveScope.Table && !_before!.Have(archive.Entry.Table);

        // Rows that the Up moved here are no longer where they were: nobody else has them.
        return new RowRestoration(
            connection,
            archive,
            table,
            IsWhole: isNew && (!moved || table.Count(connection) == 0)
        );
    }

    private ColumnRestoration ColumnOf(StoredArchive archive, bool moved) =>
        new(connection, archive, SqliteTable.Find(connection, archive.Entry.Table)!, moved);

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
            _ when archive.Scope == ArchiveScope.Copy => Indistinct,
            var table when columns.FirstOrDefault(c => !table.HasColumns([c])) is { } missing =>
                $"{archive.Entry.Table} has no column {missing} any more",
            { HasKey: false }
                when archive.Scope != ArchiveScope.Table || _before!.Have(archive.Entry.Table) =>
                Indistinct,
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
