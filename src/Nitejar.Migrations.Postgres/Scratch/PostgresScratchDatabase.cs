using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Connections;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Scratch;

/// <summary>
/// A database of its own on the server of another one, with the same encoding and collation. Making it takes the right
/// CREATEDB; the other database is only connected to.
/// </summary>
internal sealed class PostgresScratchDatabase : IScratchDatabase
{
    private const string Maintenance = "postgres";

    private readonly NpgsqlConnection _server;
    private readonly PostgresTarget _target;
    private readonly string _name = $"nitejar_scratch_{UniqueId.New():N}";
    private int _states;

    /// <summary>Makes the database.</summary>
    /// <param name="like">The database whose server and settings it has. It need not exist.</param>
    /// <param name="open">Names the database of a target.</param>
    /// <exception cref="DatabaseUnavailableException">The server cannot be reached.</exception>
    /// <exception cref="RefusedException">This role may not make databases.</exception>
    public PostgresScratchDatabase(PostgresTarget like, Func<PostgresTarget, IDatabase> open)
    {
        _server = Connect(like);
        try
        {
            Create(like.Name);
            _target = like.In(_name);
            Database = open(_target);
            if (_target.Schema != "public")
            {
                using var inside = PostgresConnections.Open(_target);
                inside.Execute($"CREATE SCHEMA {Identifier.Quote(_target.Schema)}");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IDatabase Database { get; }

    public IEqualityComparer<string> Names => StringComparer.Ordinal;

    /// <summary>Databases of a server are not files: a released schema is one of SQL.</summary>
    public void Fill(string path, CancellationToken cancellation) =>
        ReleasedSchema.Make(_target, path, cancellation);

    public IScratchState Keep()
    {
        var name = $"{_name}_{(++_states).ToString(CultureInfo.InvariantCulture)}";
        _server.Execute(
            $"CREATE DATABASE {Identifier.Quote(name)} TEMPLATE {Identifier.Quote(_name)}"
        );
        return new PostgresScratchState(_target.In(name), () => Drop(name));
    }

    public IScratchWriter OpenWriter() => new PostgresScratchWriter(_target);

    public RowEffects EffectsOf(string sql, DatabaseSchema before) =>
        PostgresRowEffects.Of(sql, before);

    public void Dispose()
    {
        try
        {
            Drop(_name);
        }
        catch (NpgsqlException)
        {
            // What was found out stays true; the name tells a person who looks that the database may go.
        }
        finally
        {
            _server.Dispose();
        }
    }

    /// <summary>The database itself, or where it is not there, the one that every server has.</summary>
    private static NpgsqlConnection Connect(PostgresTarget like)
    {
        try
        {
            return PostgresConnections.Open(like);
        }
        catch (DatabaseUnavailableException e) when (e.Code == ErrorCode.Absent)
        {
            return PostgresConnections.Open(like.In(Maintenance));
        }
    }

    private void Create(string name)
    {
        var like = _server.Query(
            """
            SELECT pg_catalog.quote_literal(pg_catalog.pg_encoding_to_char(encoding)), pg_catalog.quote_literal(datcollate::text), pg_catalog.quote_literal(datctype::text),
                pg_catalog.pg_is_in_recovery(), pg_catalog.pg_backend_pid(),
                version(), to_regproc('citus_version') IS NOT NULL
            FROM pg_database WHERE datname = pg_catalog.current_database()
            """,
            row => new DatabaseFacts(row.GetString(0), row.GetString(1), row.GetString(2))
            {
                IsStandby = row.GetBoolean(3),
                IsPooled = row.GetInt32(4) != _server.ProcessID,
                Profile = EngineProfile.Of(row.GetString(5), row.GetBoolean(6)),
            }
        )[0];
        if (ScratchRefusal.For(name, like.IsStandby, like.IsPooled, like.Profile) is { } refusal)
        {
            throw refusal;
        }

        try
        {
            _server.Execute(
                $"CREATE DATABASE {Identifier.Quote(_name)} TEMPLATE template0 ENCODING {like.Encoding} LC_COLLATE {like.Collate} LC_CTYPE {like.Type}"
            );
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new RefusedException(
                "This role may not make the scratch database on which the migrations are tried.",
                "Grant it the right with `ALTER ROLE ... CREATEDB`, or connect to a server for tests.",
                e
            );
        }
    }

    private void Drop(string name) =>
        _server.Execute($"DROP DATABASE IF EXISTS {Identifier.Quote(name)} WITH (FORCE)");

    /// <summary>What the new database is to be like, in SQL's words, and whether it can be made.</summary>
    private sealed record DatabaseFacts(string Encoding, string Collate, string Type)
    {
        public bool IsStandby { get; init; }

        public bool IsPooled { get; init; }

        public EngineProfile? Profile { get; init; }
    }
}
