using System.Text;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Connections;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Running;

/// <summary>
/// Executes statements, each stepped to its end. The driver's commands stop at the first statement that returns rows and
/// swallow the errors of those behind it.
/// </summary>
internal sealed class SqliteScript(
    sqlite3 database,
    string databaseName,
    TimeSpan? statementTimeout,
    CancellationToken cancellation
)
{
    /// <summary>Executes a statement.</summary>
    /// <exception cref="StatementException">It failed, or would end the transaction.</exception>
    /// <exception cref="DatabaseUnavailableException">The file or its disk failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Execute(Statement statement, IStatementWatcher watcher)
    {
        cancellation.ThrowIfCancellationRequested();
        var isInTransaction = raw.sqlite3_get_autocommit(database) == 0;
        using var prepared = Prepare(statement);
        RequireExecutable(prepared, statement);
        if (!statement.IsUnrestricted && SqliteRestrictions.FindViolation(statement.Sql) is { } why)
        {
            throw new StatementException(why, statement);
        }

        watcher.Before(statement);
        var isDone = TryStep(prepared, statement, watcher);
        if (isInTransaction)
        {
            RequireTransaction(statement);
        }

        watcher.After(statement, isDone ? raw.sqlite3_changes(database) : 0);
    }

    /// <exception cref="StatementException">It cannot be executed as it stands, or SQLite does not take it for one statement.</exception>
    private sqlite3_stmt Prepare(Statement statement)
    {
        if (statement.Sql.Contains('\0', StringComparison.Ordinal))
        {
            throw new StatementException("the SQL holds a NUL, where SQLite would stop", "");
        }

        // With the NUL at the end SQLite reads in place; without it, it copies the text.
        var text = new byte[Encoding.UTF8.GetByteCount(statement.Sql) + 1];
        Encoding.UTF8.GetBytes(statement.Sql, text);
        var code = raw.sqlite3_prepare_v2(database, text, out var prepared, out var tail);
        if (code == raw.SQLITE_OK && !prepared.IsInvalid && tail.Length <= 1)
        {
            return prepared;
        }

        prepared.Dispose();
        throw code == raw.SQLITE_OK
            ? new StatementException("SQLite does not read this as one statement", statement)
            : Failure(statement, code);
    }

    private static void RequireExecutable(sqlite3_stmt prepared, Statement statement)
    {
        if (statement.ControlsTransaction)
        {
            throw new StatementException(
                "a migration must not begin or end a transaction: the run is one, or with TransactionBehavior.None each statement; code may begin its own there",
                statement
            );
        }

        if (raw.sqlite3_bind_parameter_count(prepared) > 0)
        {
            throw new StatementException(
                "the statement has parameters, which are given no value",
                statement
            );
        }
    }

    /// <summary>
    /// Whether the transaction that was there has been ended. An empty one is begun in its place, since a rollback
    /// without any would fail and hide why.
    /// </summary>
    public static bool HasLostTransaction(sqlite3 database) =>
        raw.sqlite3_get_autocommit(database) != 0
        && raw.sqlite3_exec(database, "BEGIN") == raw.SQLITE_OK;

    /// <summary>Whatever its words were: what follows would be committed statement by statement.</summary>
    private void RequireTransaction(Statement statement)
    {
        if (HasLostTransaction(database))
        {
            throw new StatementException(
                "the statement ended the transaction of the run, and what came before it may be committed",
                statement
            );
        }
    }

    /// <returns>Whether it was executed; else it is excused from that.</returns>
    private bool TryStep(sqlite3_stmt prepared, Statement statement, IStatementWatcher watcher)
    {
        using var timeout = statementTimeout is { } limit
            ? new CancellationTokenSource(limit)
            : null;
        using var onTimeout = timeout?.Token.Register(Interrupt);

        var code = StepToEnd(prepared);
        if (code == raw.SQLITE_INTERRUPT)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new StatementException(
                $"the statement took longer than {statementTimeout?.TotalSeconds} s (--timeout)",
                statement
            );
        }

        if (code == raw.SQLITE_DONE)
        {
            return true;
        }

        // A rescue asks the database, which forgets the failure.
        var failure = Failure(statement, code);
        switch (watcher.Rescue(statement, ReadFault()))
        {
            case StatementRescue.PassOver:
                return false;

            case StatementRescue.Retry:
                _ = raw.sqlite3_reset(prepared);
                code = StepToEnd(prepared);
                return code == raw.SQLITE_DONE ? true : throw Failure(statement, code);

            case StatementRescue.None:
                throw failure;

            default:
                throw new InvalidOperationException("There is no such way out of a failure.");
        }
    }

    private static int StepToEnd(sqlite3_stmt prepared)
    {
        int code;
        do
        {
            code = raw.sqlite3_step(prepared);
        } while (code == raw.SQLITE_ROW);

        return code;
    }

    private StatementFault ReadFault() =>
        SqliteFault.Of(
            raw.sqlite3_extended_errcode(database),
            raw.sqlite3_errmsg(database).utf8_to_string()
        );

    private void Interrupt() => raw.sqlite3_interrupt(database);

    /// <exception cref="OperationCanceledException">It is no failure: the run was cancelled, which may show in any error.</exception>
    private Exception Failure(Statement statement, int code)
    {
        cancellation.ThrowIfCancellationRequested();
        var message =
            code == raw.SQLITE_AUTH
                ? "a migration must not use this pragma, which moves files or switches a protection off"
                : raw.sqlite3_errmsg(database).utf8_to_string();
        var fault = ReadFault();
        var cause = new SqliteException(message, code, raw.sqlite3_extended_errcode(database));
        return SqliteErrors.IsAboutTheFile(code)
            ? SqliteErrors.Unavailable(databaseName, cause)
            : new StatementException(message, statement, cause) { Fault = fault };
    }
}
