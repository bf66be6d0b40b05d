using System.Data.Common;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Sqlite.Schema;

namespace Nitejar.Migrations.Sqlite.Sessions;

/// <summary>A connection to a SQLite database.</summary>
internal class SqliteSession(SqliteConnection connection) : ISession
{
    DbConnection ISession.Connection => Connection;

    public IDialect Dialect => SqliteDialect.Instance;

    public ITables Tables { get; } = new SqliteTables(connection);

    public IRowMover Rows { get; } = new SqliteRowMover(connection);

    public IOwnTables Own { get; } = new SqliteOwnTables(connection);

    protected SqliteConnection Connection { get; } = connection;
}
