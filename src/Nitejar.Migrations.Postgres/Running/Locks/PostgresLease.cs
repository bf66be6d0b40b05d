using System.Data;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Schema;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running.Locks;

/// <summary>
/// A row that says whose turn it is, for servers whose advisory locks keep no one out. Its time is the server's, and decides
/// only when another run may take it over. What is right rests on the row: each transaction of the run locks and reads it,
/// so that none takes it over until the transaction ends, and one that finds another owner stops.
/// </summary>
internal sealed class PostgresLease : PostgresLock
{
    private readonly string _owner = FormattableString.Invariant(
        $"a run on {Environment.MachineName} (process {Environment.ProcessId}, {UniqueId.New()})"
    );
    private readonly LeaseTable _table;
    private readonly LeaseHeartbeat _heartbeat;
    private bool _isThere;
    private bool _isTaken;

    /// <inheritdoc cref="PostgresLock(PostgresConnection, TransactionSettings, CancellationToken)"/>
    public PostgresLease(
        PostgresConnection connection,
        TransactionSettings settings,
        CancellationToken cancellation
    )
        : base(connection, settings, cancellation)
    {
        _table = new LeaseTable(connection.Target.Schema);
        _heartbeat = new LeaseHeartbeat(connection.Target, _table, _owner, cancellation);
    }

    public override CancellationToken End => _heartbeat.End;

    public override DatabaseUnavailableException? Lost => _heartbeat.Failure;

    public override void Require() => Own();

    public override void BeforeCommit(bool isLast)
    {
        if (Lost is { } lost)
        {
            throw lost;
        }

        if (isLast)
        {
            _heartbeat.Dispose();
        }

        // The heartbeat could not renew it while this transaction had the row.
        if (Connection.Change(isLast ? _table.Free : _table.Prolong, ("@owner", _owner)) == 0)
        {
            throw LeaseTable.Lost(Opened.Target.Name, owner: null);
        }
    }

    public override void Release()
    {
        _heartbeat.Dispose();
        if (!_isTaken || Connection.State != ConnectionState.Open)
        {
            return;
        }

        _isTaken = false;
        try
        {
            Connection.Execute(_table.Free, ("@owner", _owner));
        }
        catch (Exception e) when (PostgresErrors.IsOfDriver(e))
        {
            // The run has ended, and its lease ends when its time is over.
        }
    }

    protected override NpgsqlTransaction? TryBegin()
    {
        NpgsqlTransaction? transaction = null;
        try
        {
            Ensure();
            if (Connection.Change(_table.Take, ("@owner", _owner)) == 0)
            {
                return null;
            }

            _isTaken = true;
            transaction = Opened.Begin();
            _heartbeat.Start(Own());
            return transaction;
        }
        catch (Exception e)
        {
            transaction?.Dispose();
            if (e is PostgresException refused && LeaseTable.IsInEachOthersWay(refused))
            {
                return null;
            }

            throw;
        }
    }

    protected override string? FindHolder() => _table.Holder(Connection);

    /// <summary>Locks the row for this transaction.</summary>
    /// <returns>How long the lease lasts.</returns>
    /// <exception cref="DatabaseUnavailableException">It is not this run's.</exception>
    private TimeSpan Own()
    {
        var owner = _table.Lock(Connection);
        if (owner != _owner)
        {
            throw LeaseTable.Lost(Opened.Target.Name, owner);
        }

        // A runner that is stopped in a transaction would keep the row, and all other runs out.
        var time = Connection.Number(_table.Time);
        Connection.Execute(
            $"SELECT set_config('idle_in_transaction_session_timeout', '{time}', true)"
        );
        return TimeSpan.FromMilliseconds(time);
    }

    /// <summary>Makes the table, where it is not there, once it is known that to write it executes nothing else.</summary>
    private void Ensure()
    {
        if (_isThere)
        {
            return;
        }

        new PostgresOwnTables(Connection, Opened.Target).RequireWritable();
        Connection.Execute(_table.Create);
        Connection.Execute(_table.Fill);
        _isThere = true;
    }
}
