using System.Data.Common;
using FluentMigrator.Runner;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Tests.Chains;
using Npgsql;

namespace Nitejar.Migrations.Tests.Chains.Places;

/// <summary>Databases on the server that the tests share. Making one takes longer than emptying it, so that they are used again.</summary>
internal sealed class PostgresChainPlace : ChainPlace
{
    /// <summary>Constraints, and triggers that wait for one.</summary>
    private static readonly string[] s_constraints = ["23", "55006"];

    private readonly Dictionary<string, ThrowawayDatabase> _databases = [];

    public override ChainKind Kind => ChainKind.Postgres;

    public override bool ChecksAtOnce => true;

    public override string WithOwnNumbers => " OVERRIDING SYSTEM VALUE";

    public override IDatabase Database(string name) =>
        new PostgresDatabase(
            new PostgresConnectionText(static _ => null).ParseAdo(Of(name).ConnectionString)
        );

    public override void Configure(IMigrationRunnerBuilder builder, string name, bool checks) =>
        builder.AddPostgres15_0().WithGlobalConnectionString(Of(name).ConnectionString);

    public override DbConnection Open(string name)
    {
        var connection = new NpgsqlConnection(Of(name).ConnectionString);
        connection.Open();
        return connection;
    }

    public override ChainDump Dump(string name)
    {
        using var connection = Open(name);
        return PostgresChainDump.Of(connection);
    }

    public override IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(
        DbConnection connection,
        string table
    ) => PostgresChainDump.Rows(connection, table);

    public override void Copy(string name, string copy)
    {
        if (_databases.Remove(copy, out var before))
        {
            EndOthers(before);
            before.Dispose();
        }

        EndOthers(Of(name));
        _databases[copy] = PostgresServer
            .Shared()
            .CreateDatabase(template: Of(name).Name, isReused: true);
    }

    public override bool IsBroken(string name)
    {
        using var connection = Open(name);
        var references = connection.Column(
            """
            SELECT format('SELECT 1 FROM %s AS c WHERE c.%I IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %s AS p WHERE p.%I = c.%I)',
                k.conrelid::regclass, a.attname, k.confrelid::regclass, b.attname, a.attname)
            FROM pg_constraint AS k
                JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
                JOIN pg_attribute AS b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
            WHERE k.contype = 'f'
            """
        );
        return references.Any(sql => connection.Column(sql).Count > 0);
    }

    public override IReadOnlyList<string> ArchiveTables(DbConnection connection) =>
        connection.Column(
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^VersionArchive_[0-9]+$'"
        );

    public override bool IsConstraint(DbException refused) =>
        Array.Exists(
            s_constraints,
            state => refused.SqlState?.StartsWith(state, StringComparison.Ordinal) == true
        );

    public override void Dispose()
    {
        foreach (var database in _databases.Values)
        {
            EndOthers(database);
            database.Dispose();
        }
    }

    /// <summary>FluentMigrator's own runner leaves its connection open where its rollback fails.</summary>
    private static void EndOthers(ThrowawayDatabase database) =>
        database.Execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        );

    private ThrowawayDatabase Of(string name)
    {
        if (!_databases.TryGetValue(name, out var database))
        {
            _databases[name] = database = EmptyDatabases.Take();
        }

        return database;
    }
}
