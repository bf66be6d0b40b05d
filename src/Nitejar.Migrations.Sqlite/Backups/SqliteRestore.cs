using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Files;
using Nitejar.Migrations.Sqlite.Sessions;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Backups;

/// <summary>
/// Puts what a checked file holds in the place of a database. A sound database is overwritten page by page in one
/// transaction of SQLite's; anything else is kept under another name, and a complete file takes its place.
/// </summary>
internal sealed class SqliteRestore : IRestore
{
    private readonly string _target;
    private readonly string _name;
    private readonly string _file;
    private readonly SqliteSnapshot _source;
    private readonly string? _notChecked;
    private readonly CopyControl _control;
    private readonly Stopwatch _clock = new();

    /// <param name="target">The database, which is no symbolic link.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="file">The file that is to be restored.</param>
    /// <param name="control">How to wait, and when to end.</param>
    public SqliteRestore(string target, string name, string file, CopyControl control)
    {
        _target = target;
        _name = name;
        _file = file;
        _control = control;
        (_source, _notChecked) = SqliteRestoreSource.Open(file, target, control);
    }

    /// <inheritdoc />
    public bool ReplacesSomething => File.Exists(_target);

    private DateTime MadeAt => SqliteBackupFolder.TimeIn(_file) ?? File.GetLastWriteTimeUtc(_file);

    /// <inheritdoc />
    public RestorePreview Preview()
    {
        var then = ContentOf(_source);
        try
        {
            if (!SqliteFile.Exists(_target))
            {
                return new RestorePreview(Now: null, then, Damage: null, MadeAt);
            }

            using var now = SqliteSnapshot.Open(_target, _name, _control);
            return new RestorePreview(ContentOf(now), then, Damage: null, MadeAt);
        }
        catch (DatabaseUnavailableException e)
        {
            return new RestorePreview(Now: null, then, e.Message, MadeAt);
        }
        catch (SqliteException e)
        {
            return new RestorePreview(Now: null, then, SqliteErrors.Words(e), MadeAt);
        }
    }

    /// <inheritdoc />
    public RestoreResult Run(BackupSettings? backup, RestoreRecord record)
    {
        _clock.Restart();
        using var target = SqliteRestoreTarget.Lock(_target, _name, _control);
        return target.Connection is { } connection
            ? Overwrite(connection, backup, record)
            : Publish(target.Damage is not null, record);
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();

    private static DatabaseContent ContentOf(SqliteSnapshot snapshot) =>
        new(
            snapshot.Versions,
            [
                .. RowCounts
                    .Read(snapshot.Session)
                    .Select(counted => new TableRows(counted.Key, counted.Value)),
            ]
        );

    private RestoreResult Overwrite(
        SqliteConnection locked,
        BackupSettings? settings,
        RestoreRecord record
    )
    {
        var overwritten = new OverwrittenDatabase(_source, _target, _name, _control);
        var backup = settings is null ? null : overwritten.BackUp(locked, settings);
        overwritten.Overwrite(locked, backup);
        var notRecorded = overwritten.RecordBehind(locked, record, _clock);

        // The file itself may be one of the backups that are too many by now.
        var warnings = backup is null
            ? []
            : new SqliteBackup(_target, _name).Prune(settings!, backup, alsoKept: _file);
        return ResultOf(backup?.Path, movedAside: null, WithWarning(warnings, notRecorded));
    }

    private static IReadOnlyList<string> WithWarning(
        IReadOnlyList<string> warnings,
        string? further
    ) => further is null ? warnings : [.. warnings, further];

    private RestoreResult Publish(bool isDamaged, RestoreRecord record)
    {
        try
        {
            using var complete = SqliteCopy.FileFor(_source, _target);
            SqliteCopy.Fill(complete, _source, _control);
            var notRecorded = RecordIn(complete, record);
            _control.OnReplacing();
            var movedAside = new SqliteDamagedFile(_target).Replace(complete, isDamaged);
            return ResultOf(backup: null, movedAside, WithWarning([], notRecorded));
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Unavailable(_name, e);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or CopyNotSoundException)
        {
            throw new DatabaseUnavailableException(
                $"{_name} could not be restored: {e.Message.TrimEnd('.')}.",
                e switch
                {
                    ExchangedFileException => ExchangedFileException.NextStep,
                    ForeignOwnerException => ForeignOwnerException.NextStep,
                    _ =>
                        "Check the folder's permissions and its free space, and run the command again.",
                },
                e
            );
        }
    }

    private string? RecordIn(NewFile complete, RestoreRecord record)
    {
        string? warning;
        using (var connection = SqliteConnections.OpenToAmend(complete))
        {
            warning = record.AppendTo(
                new SqliteSession(connection, _control.VersionTable),
                _clock.Elapsed
            );
        }

        complete.Content.Flush(flushToDisk: true);
        return warning;
    }

    private RestoreResult ResultOf(
        string? backup,
        string? movedAside,
        IReadOnlyList<string> warnings
    ) =>
        new(
            backup,
            movedAside,
            _source.Pages * _source.PageSize,
            _clock.Elapsed,
            _notChecked is null ? warnings : [_notChecked, .. warnings],
            MadeAt
        );
}
