using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History.Definitions;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Schema;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>A connection to a PostgreSQL database.</summary>
internal class PostgresSession : ISession
{
    private readonly PostgresOwnTables _own;

    public PostgresSession(PostgresConnection connection)
    {
        Opened = connection;
        var target = connection.Target;
        Dialect = new PostgresDialect(target.Schema, target.VersionTable)
        {
            ServerVersion = Connection.PostgreSqlVersion.Major,
        };
        Rows = new PostgresRowMover(Connection, target.Schema, new DeferredConstraints(Connection));
        _own = new PostgresOwnTables(Connection, target);
        Tables = new PostgresTables(Connection, target.Schema, target.VersionTableInSchema)
        {
            Definitions = connection.Profile == EngineProfile.Postgres ? ReadDefinitions : null,
        };
    }

    public bool IsPooled => Opened.IsPooled;

    public string? EngineWithoutRollback =>
        Opened.Profile.KeepsDdlInTransactions ? null : Opened.Profile.Name;

    DbConnection ISession.Connection => Connection;

    IDialect ISession.Dialect => Dialect;

    ITables ISession.Tables => Tables;

    IRowMover ISession.Rows => Rows;

    protected PostgresDialect Dialect { get; }

    protected PostgresTables Tables { get; }

    protected PostgresRowMover Rows { get; }

    public IOwnTables Own => _own;

    protected NpgsqlConnection Connection => Opened.Connection;

    protected string Schema => Opened.Target.Schema;

    /// <summary>The name of the table of applied versions where it is in that schema; else <see langword="null"/>.</summary>
    protected string? VersionTableInSchema => Opened.Target.VersionTableInSchema;

    /// <summary>What people call the database.</summary>
    protected string Name => Opened.Target.Name;

    protected PostgresConnection Opened { get; }

    private IReadOnlyList<ObjectDefinition>? ReadDefinitions() =>
        _own.AreAlone ? [] : new DefinitionReader(Opened).Read(Rows.UncheckedReferences);
}
