using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Sessions;
using Nitejar.Migrations.Postgres.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>
/// Executes statements. Each is a batch of its own, which the server takes verbatim: the driver's
/// commands would cut the bodies of functions apart, and a statement that was cut wrongly is an error of the server.
/// </summary>
internal sealed class PostgresScript(
    NpgsqlConnection connection,
    PostgresDialect dialect,
    TransactionSettings settings,
    CancellationToken cancellation
)
{
    private const string Rescued = "nitejar_rescue";

    private NpgsqlBatch? _executing;

    /// <summary>Moves rows in the same session.</summary>
    public required PostgresRowMover Rows { get; init; }

    /// <summary>Asks for the end of the statement that is being executed, from another thread.</summary>
    public void Cancel() => _executing?.Cancel();

    /// <summary>Executes a statement.</summary>
    /// <exception cref="StatementException">It failed, or would end the transaction.</exception>
    /// <exception cref="NpgsqlException">The connection failed, or a lock was not free in time.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Execute(Statement statement, IStatementWatcher watcher)
    {
        cancellation.ThrowIfCancellationRequested();
        RequireExecutable(statement);
        statement = TruncatedTables.AddTo(statement, connection, dialect.Schema);
        watcher.Before(statement);
        var changed = watcher.MayRescue ? ExecuteOrRescue(statement, watcher) : Execute(statement);
        watcher.After(statement, changed);
    }

    /// <summary>Takes the locks of tables that keep everyone out, one after the other.</summary>
    /// <exception cref="NpgsqlException">The connection failed, or a lock was not free in time.</exception>
    public void Lock(IReadOnlyList<string> tables)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(
                $"LOCK TABLE {string.Join(", ", tables)} IN ACCESS EXCLUSIVE MODE"
            )
        );
        Send(batch);
    }

    private static void RequireExecutable(Statement statement)
    {
        if (statement.ControlsTransaction)
        {
            throw new StatementException(
                "a migration must not begin or end a transaction: the run is one, or with TransactionBehavior.None each statement; code may begin its own there",
                statement
            );
        }

        if (PostgresRestrictions.FindViolation(statement.Sql) is { } why)
        {
            throw new StatementException(why, statement);
        }
    }

    /// <summary>An error ends the transaction unless there is a savepoint before the statement.</summary>
    private long ExecuteOrRescue(Statement statement, IStatementWatcher watcher)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            connection.Execute($"SAVEPOINT {Rescued}");
            try
            {
                var changed = Execute(statement);
                connection.Execute($"RELEASE SAVEPOINT {Rescued}");
                return changed;
            }
            catch (StatementException e) when (isFirst)
            {
                connection.Execute($"ROLLBACK TO SAVEPOINT {Rescued}; RELEASE SAVEPOINT {Rescued}");
                Rows.Deferred.AfterRows();
                switch (watcher.Rescue(statement, e.Fault))
                {
                    case StatementRescue.PassOver:
                        return 0;
                    case StatementRescue.Retry:
                        continue;
                    case StatementRescue.None:
                        throw;
                    default:
                        throw new InvalidOperationException(
                            "There is no such way out of a failure."
                        );
                }
            }
        }
    }

    /// <returns>Rows inserted, changed or deleted.</returns>
    private long Execute(Statement statement)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statement.Sql));
        try
        {
            if (PostgresStatement.DropsTypes(statement.Sql))
            {
                StoredTypes.Release(connection, dialect.Schema);
            }

            if (statement.IsOpaque || PostgresStatement.ChangesTables(statement.Sql))
            {
                Rows.Deferred.Allow(() =>
                {
                    Rows.Triggers.DropUnused();
                    Send(batch);
                });
            }
            else
            {
                Send(batch);
            }

            var changes = Math.Max(0, batch.BatchCommands[0].RecordsAffected);
            Rows.Deferred.After(statement, changes);
            Rows.Triggers.After(statement);
            return changes;
        }
        catch (PostgresException e) when (PostgresErrors.IsInterrupt(e))
        {
            cancellation.ThrowIfCancellationRequested();
            throw new StatementException(
                settings.StatementTimeout is { } limit
                    ? $"the statement took longer than {limit.TotalSeconds} s (--timeout)"
                    : e.MessageText,
                statement,
                e
            );
        }
        catch (PostgresException e)
            when (!PostgresErrors.IsAboutTheConnection(e) && !PostgresErrors.IsBusy(e))
        {
            cancellation.ThrowIfCancellationRequested();
            throw new StatementException(WordsOf(e), statement, e)
            {
                Line = LineOf(statement.Sql, e.Position),
                Fault = PostgresFault.Of(e, statement),
                NextStep = PostgresRemedies.Of(e),
            };
        }
    }

    private void Send(NpgsqlBatch batch)
    {
        _executing = batch;
        try
        {
            batch.ExecuteNonQuery();
        }
        finally
        {
            _executing = null;
        }
    }

    /// <summary>The server's message, and what it adds to it. Of values and keys it would add those of rows, which no log is to have.</summary>
    private static string WordsOf(PostgresException e)
    {
        var words = e.MessageText;
        var isOfRows = e.SqlState is ['2', '2' or '3', ..];
        words += e.Detail is { } detail && !isOfRows ? $" ({detail.TrimEnd('.')})" : "";
        return words + (e.Hint is { } hint ? $" (hint: {hint.TrimEnd('.')})" : "");
    }

    /// <summary>The line of a character of the statement, counted from 1; 0 for the statement as a whole.</summary>
    private static int LineOf(string sql, int position) =>
        position <= 0 ? 1 : 1 + sql.AsSpan(0, Math.Min(position - 1, sql.Length)).Count('\n');
}
