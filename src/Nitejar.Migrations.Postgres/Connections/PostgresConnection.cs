using System.Data;
using Nitejar.Migrations.Engine.Databases.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>An open connection and what its server said of itself.</summary>
internal sealed class PostgresConnection : IDisposable
{
    private SessionStart _start;
    private NpgsqlTransaction? _reading;

    /// <summary>Sets what the session needs.</summary>
    /// <param name="connection">The connection, which becomes this one's.</param>
    /// <param name="target">What it was opened to.</param>
    /// <param name="start">What is set.</param>
    /// <exception cref="NpgsqlException">The server has refused it.</exception>
    public PostgresConnection(
        NpgsqlConnection connection,
        PostgresTarget target,
        SessionStart start
    )
    {
        (Connection, Target, _start) = (connection, target, start);
        Facts = Start();
        IsPooled = connection.ProcessID != Facts.BackendId;
    }

    /// <summary>What the server keeps.</summary>
    public EngineProfile Profile => Facts.Profile ?? EngineProfile.Postgres;

    public NpgsqlConnection Connection { get; }

    public PostgresTarget Target { get; }

    /// <summary>Behind a pooler those of the session that the last transaction began in.</summary>
    public ServerFacts Facts { get; private set; }

    /// <summary>Whether a pooler stands between: what outlasts a transaction may then be another client's next.</summary>
    public bool IsPooled { get; }

    /// <summary>Whether sessions use it in a transaction: runs, and all behind a pooler.</summary>
    public bool IsInTransaction => IsPooled || !_start.IsReadOnly;

    /// <summary>Why nothing can be changed over it; <see langword="null"/> where nothing speaks against it.</summary>
    public DatabaseUnavailableException? WhyReadOnly =>
        Facts.IsStandby
            ? new DatabaseUnavailableException(
                $"{Target.Name} is a standby, which takes no writes.",
                "Name the primary server, or several hosts with Target Session Attributes=primary."
            )
        : Facts.IsReadOnly
            ? new DatabaseUnavailableException(
                $"{Target.Name} takes no writes from this role: default_transaction_read_only is on.",
                "Find out who has set it and why, or use another role."
            )
        : null;

    /// <summary>Why no scratch database can be made beside this one; <see langword="null"/> where nothing speaks against it.</summary>
    public DatabaseUnavailableException? WhyNoScratch =>
        ScratchRefusal.For(Target.Name, Facts.IsStandby, IsPooled, Facts.Profile);

    /// <summary>
    /// Begins a transaction with the settings of the session; behind a pooler they end with it. Whatever the role's usual
    /// isolation is, what another run has committed is seen once its lock is free.
    /// </summary>
    public NpgsqlTransaction Begin()
    {
        var transaction = Connection.BeginTransaction(IsolationLevel.ReadCommitted);
        if (IsPooled)
        {
            Facts = Start();
        }

        if (Profile.FirstStatement is { } sql)
        {
            Connection.Execute(sql);
        }

        return transaction;
    }

    /// <summary>Stays with one session of the server until it is disposed, for a connection that only reads.</summary>
    public void BeginReading() => _reading = IsPooled ? Begin() : null;

    /// <summary>Becomes the connection of a run, after it was one that only reads.</summary>
    /// <param name="start">The settings of a run.</param>
    /// <returns>Whether it could; else nothing has changed. Behind a pooler another client has the session between two transactions, and an engine that is not PostgreSQL has other settings.</returns>
    public bool TryBeginRun(SessionStart start)
    {
        if (IsPooled || Profile != EngineProfile.Postgres)
        {
            return false;
        }

        Connection.Execute(start.SqlAfterReads());
        _start = start;
        return true;
    }

    /// <summary>Before a commit: what migrations have set for the session would be another client's behind a pooler.</summary>
    public void LeaveNothing()
    {
        if (IsPooled)
        {
            Connection.Execute("RESET SESSION AUTHORIZATION; RESET ALL");
        }
    }

    /// <summary>A pooler ends the session of a client that is gone in a transaction.</summary>
    public void Dispose()
    {
        try
        {
            _reading?.Dispose();
        }
        catch (Exception e) when (PostgresErrors.IsOfDriver(e))
        {
            // The connection is gone already.
        }

        Connection.Dispose();
    }

    /// <summary>Refuses a server that is not one to run on.</summary>
    /// <exception cref="DatabaseUnavailableException">It is not.</exception>
    public void RequireUsable()
    {
        Facts.RequireUsable(Target);
        if (
            Profile == EngineProfile.Citus
            && Connection.Any("SELECT 1 FROM pg_dist_local_group WHERE groupid <> 0")
        )
        {
            throw new DatabaseUnavailableException(
                $"{Target.Name} is a worker of Citus, whose tables its coordinator changes.",
                "Name the coordinator."
            );
        }
    }

    private ServerFacts Start()
    {
        try
        {
            return Connection.Query(
                _start.Sql(Connection.PostgreSqlVersion.Major, Connection.ProcessID),
                ServerFacts.Of
            )[0];
        }
        catch (PostgresException e) when (!PostgresErrors.IsAboutTheConnection(e))
        {
            // An engine that is not PostgreSQL may not know all of it, but what it is.
            var facts = new ServerFacts(
                Connection.Query("SELECT version()", row => row.GetString(0))[0],
                Connection.ProcessID,
                IsStandby: false,
                IsReadOnly: false
            );
            if (facts.Profile == EngineProfile.Postgres)
            {
                throw;
            }

            facts.RequireUsable(Target);
        }

        var known = Connection.Query("SELECT name FROM pg_settings", row => row.GetString(0));
        return Connection.Query(
            _start.Sql(int.MaxValue, Connection.ProcessID, known),
            ServerFacts.Of
        )[0];
    }
}
