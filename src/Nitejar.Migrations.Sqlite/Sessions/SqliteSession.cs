using System.Data.Common;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Sqlite.Schema;

namespace Nitejar.Migrations.Sqlite.Sessions;

/// <summary>A connection to a SQLite database.</summary>
/// <param name="connection">The connection.</param>
/// <param name="versionTable">The table of applied versions.</param>
internal class SqliteSession(SqliteConnection connection, VersionTable versionTable) : ISession
{
    DbConnection ISession.Connection => Connection;

    public IDialect Dialect { get; } = new SqliteDialect(versionTable);

    public ITables Tables { get; } = new SqliteTables(connection, versionTable.Name);

    public IRowMover Rows { get; } = new SqliteRowMover(connection);

    public IOwnTables Own { get; } = new SqliteOwnTables(connection, versionTable.Name);

    protected SqliteConnection Connection { get; } = connection;
}
