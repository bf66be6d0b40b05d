using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Schemas;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>Reads over one connection, which it owns.</summary>
internal class SqliteReader(SqliteConnection connection) : IDatabaseReader
{
    private bool _disposed;

    public string Version => "SQLite " + Connection.ServerVersion;

    public ISchemaQueries Schema { get; } = new SqliteSchemaQueries(connection);

    protected SqliteConnection Connection { get; } = connection;

    public IReadOnlyList<AppliedMigration> ReadApplied() =>
        SqliteErrors.Translate(Connection, () => VersionInfoTable.Read(Connection));

    public IReadOnlyDictionary<long, JournalEntry> ReadJournaledUps() =>
        SqliteErrors.Translate(Connection, () => VersionJournalTable.ReadNewestUps(Connection));

    public IReadOnlyList<JournalEntry> ReadJournal() =>
        SqliteErrors.Translate(Connection, () => VersionJournalTable.ReadAll(Connection));

    public JournalSql ReadJournalSql(long journalId) =>
        SqliteErrors.Translate(
            Connection,
            () => VersionJournalTable.ReadSql(Connection, journalId)
        );

    public DatabaseSchema ReadSchema() =>
        SqliteErrors.Translate(Connection, () => SqliteSchemaReader.Read(Connection));

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }
    }

    protected virtual void Dispose(bool disposing) => Connection.Dispose();
}
