using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Connections;

/// <summary>
/// Ends whatever a connection is doing when a run is cancelled: the statements of migrations and the migrator's own.
/// An interrupt that comes between two statements has no effect, so SQLite also asks every now and then.
/// </summary>
internal sealed class SqliteInterrupt : IDisposable
{
    /// <summary>Instructions of SQLite's virtual machine between two questions: some milliseconds of work.</summary>
    private const int Instructions = 100_000;

    private readonly sqlite3 _database;
    private readonly CancellationTokenRegistration _onCancel;
    private bool _isDisposed;

    public SqliteInterrupt(sqlite3 database, CancellationToken cancellation)
    {
        _database = database;
        raw.sqlite3_progress_handler(
            database,
            Instructions,
            _ => cancellation.IsCancellationRequested ? 1 : 0,
            v: null
        );
        _onCancel = cancellation.Register(() => raw.sqlite3_interrupt(database));
    }

    /// <summary>From here on nothing is interrupted: a commit or a rollback has to end as it ends.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _onCancel.Dispose();
            raw.sqlite3_progress_handler(_database, 0, func: null, v: null);
        }
    }
}
