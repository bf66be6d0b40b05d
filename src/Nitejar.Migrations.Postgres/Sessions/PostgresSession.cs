using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Schema;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>A connection to a PostgreSQL database.</summary>
internal class PostgresSession(PostgresConnection connection) : ISession
{
    public bool IsPooled => connection.IsPooled;

    public string? EngineWithoutRollback =>
        connection.Profile.KeepsDdlInTransactions ? null : connection.Profile.Name;

    DbConnection ISession.Connection => Connection;

    IDialect ISession.Dialect => Dialect;

    ITables ISession.Tables => Tables;

    IRowMover ISession.Rows => Rows;

    protected PostgresDialect Dialect { get; } =
        new(connection.Target.Schema, connection.Target.VersionTable)
        {
            ServerVersion = connection.Connection.PostgreSqlVersion.Major,
        };

    protected PostgresTables Tables { get; } =
        new(
            connection.Connection,
            connection.Target.Schema,
            connection.Target.VersionTableInSchema
        );

    protected PostgresRowMover Rows { get; } =
        new(
            connection.Connection,
            connection.Target.Schema,
            new DeferredConstraints(connection.Connection)
        );

    public IOwnTables Own { get; } =
        new PostgresOwnTables(connection.Connection, connection.Target);

    protected NpgsqlConnection Connection => connection.Connection;

    protected string Schema => connection.Target.Schema;

    /// <summary>The name of the table of applied versions where it is in that schema; else <see langword="null"/>.</summary>
    protected string? VersionTableInSchema => connection.Target.VersionTableInSchema;

    /// <summary>What people call the database.</summary>
    protected string Name => connection.Target.Name;

    protected PostgresConnection Opened => connection;
}
