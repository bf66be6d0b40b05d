using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>
/// Puts archived rows back after the Up of their migration, and with them those of other migrations that have waited for
/// them.
/// </summary>
internal sealed class SqliteArchiveRestorer(SqliteConnection connection, StepScope step)
{
    private const string Superseded = "a later run archived the same tables";

    private SeededTables? _tables;
    private IReadOnlyList<StoredArchive> _kept = [];

    /// <summary>Looks, before the Up, for what there is to put back.</summary>
    public void Prepare(StepStatements statements)
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
        if (_kept.Count > 0 && step.KeepRows)
        {
            _tables = new SeededTables(connection, step, statements, [.. Latest()]);
        }
    }

    /// <summary>
    /// Whether a statement of the Up may fail: what it would insert is replaced by archived rows, and is in the way of
    /// what became of it.
    /// </summary>
    /// <param name="statement">The statement.</param>
    /// <param name="code">SQLite's extended result code.</param>
    public bool Excuses(SqliteStatement statement, int code) =>
        code
            is raw.SQLITE_CONSTRAINT_PRIMARYKEY
                or raw.SQLITE_CONSTRAINT_UNIQUE
                or raw.SQLITE_CONSTRAINT_ROWID
        && statement is { Kind: StatementKind.Insert, InsertsValues: true }
        && _tables is not null
        && _tables.ReplacesSeedsOf(statement.Table!);

    /// <summary>Removes the rows from the archive for good.</summary>
    /// <returns>How many there were.</returns>
    public long Discard()
    {
        foreach (var archive in _kept)
        {
            VersionArchiveTable.Remove(connection, archive);
        }

        if (_kept.Count > 0)
        {
            WaitingRows.SettleWithout(connection);
        }

        return _kept.Sum(archive => archive.Entry.Rows);
    }

    /// <summary>Puts the rows back that fit, those of the latest run only.</summary>
    public StepData Restore()
    {
        if (_tables is null)
        {
            return StepData.None;
        }

        var latest = _kept[^1].Entry.RunId;
        var superseded = _kept
            .Where(archive => archive.Entry.RunId != latest)
            .Select(archive => Leftovers.Leave(connection, archive, Superseded))
            .ToArray();

        // The last archived was the first created: parents come before children.
        StoredArchive[] archives = [.. Latest().Reverse(), .. Waiting()];
        using (WithoutTriggers())
        {
            var restored = new Restoration(connection, _tables).PutBack(archives);
            _tables.End();
            return StepData.None with
            {
                Restored = [.. restored, .. superseded],
                IsOfChangedMigration = !_tables.IsUnchanged,
            };
        }
    }

    private IEnumerable<StoredArchive> Latest() =>
        _kept.Where(archive => archive.Entry.RunId == _kept[^1].Entry.RunId);

    private IEnumerable<StoredArchive> Waiting() =>
        VersionArchiveTable
            .Read(connection)
            .Where(archive => archive.Entry.State == ArchiveState.Waiting);

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
