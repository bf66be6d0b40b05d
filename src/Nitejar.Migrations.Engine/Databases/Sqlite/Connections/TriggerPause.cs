using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Connections;

/// <summary>Rows come back and go as they are: until it is disposed, no trigger may change them or do its work a second time.</summary>
internal readonly struct TriggerPause : IDisposable
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
