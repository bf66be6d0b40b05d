using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Postgres.Running.Locks;

/// <summary>Renews a lease over a connection of its own while no transaction of the run has its row. Where it cannot, the run ends.</summary>
internal sealed class LeaseHeartbeat : IDisposable
{
    private readonly PostgresTarget _target;
    private readonly LeaseTable _table;
    private readonly string _owner;
    private readonly CancellationTokenSource _end;
    private readonly ManualResetEvent _ended = new(initialState: false);
    private TimeSpan _interval;
    private Thread? _thread;
    private bool _isDisposed;

    /// <param name="target">The database.</param>
    /// <param name="table">The lease.</param>
    /// <param name="owner">The run.</param>
    /// <param name="cancellation">Ends the run, too.</param>
    public LeaseHeartbeat(
        PostgresTarget target,
        LeaseTable table,
        string owner,
        CancellationToken cancellation
    )
    {
        (_target, _table, _owner) = (target, table, owner);
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        End = _end.Token;
    }

    /// <summary>Ends the run.</summary>
    public CancellationToken End { get; }

    /// <summary>Why it has ended the run; <see langword="null"/> where it has not.</summary>
    public DatabaseUnavailableException? Failure { get; private set; }

    /// <summary>Begins.</summary>
    /// <param name="time">How long the lease lasts.</param>
    public void Start(TimeSpan time)
    {
        _interval = time / 3;
        _thread = new Thread(Beat) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _ended.Set();
        // One that waits for a network which is silent ends with the program.
        if (_thread?.Join(_interval) != false)
        {
            _end.Dispose();
            _ended.Dispose();
        }
    }

    private void Beat()
    {
        PostgresConnection? connection = null;
        try
        {
            while (!_ended.WaitOne(_interval))
            {
                connection ??= PostgresConnections.Open(
                    _target,
                    new SessionStart(_target.Schema, _interval, _interval, IsReadOnly: false)
                );
                // Where a transaction of the run has the row, no other run can take it over.
                if (
                    connection.Connection.Change(_table.Prolong, ("@owner", _owner)) == 0
                    && _table.Holder(connection.Connection) is var other
                    && other != _owner
                )
                {
                    Stop(LeaseTable.Lost(_target.Name, other));
                    return;
                }
            }
        }
        catch (Exception e) when (e is MigrateException || PostgresErrors.IsOfDriver(e))
        {
            Stop(LeaseTable.Lost(_target.Name, e.Message, e));
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private void Stop(DatabaseUnavailableException failure)
    {
        if (!_ended.WaitOne(0))
        {
            Failure = failure;
            _end.Cancel();
        }
    }
}
