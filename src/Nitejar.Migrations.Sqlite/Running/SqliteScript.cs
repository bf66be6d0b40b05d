using System.Text;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Sql;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Running;

/// <summary>
/// Executes SQL text statement by statement, each stepped to its end. The driver's commands stop at the first
/// statement that returns rows and swallow the errors of those behind it; here SQLite's own parser finds the
/// statements, so that the position of an error is exact.
/// </summary>
internal sealed class SqliteScript(
    sqlite3 database,
    string databaseName,
    TimeSpan? statementTimeout,
    CancellationToken cancellation
)
{
    /// <summary>Executes every statement of the text.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="isUnrestricted">Whether it may use other files.</param>
    /// <param name="watcher">Sees each statement.</param>
    /// <returns>How many statements there were.</returns>
    /// <exception cref="StatementException">One failed, or would end the transaction.</exception>
    /// <exception cref="DatabaseUnavailableException">The file or its disk failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public int Execute(string sql, bool isUnrestricted, IStatementWatcher watcher)
    {
        if (sql.Contains('\0', StringComparison.Ordinal))
        {
            throw new StatementException("the SQL holds a NUL, where SQLite would stop", "", 1, 1);
        }

        var isInTransaction = raw.sqlite3_get_autocommit(database) == 0;

        // With the NUL at the end SQLite reads in place; without it, it copies all that is left for each statement.
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(sql + "\0");
        var count = 0;
        var line = 1;
        while (rest.Length > 1)
        {
            cancellation.ThrowIfCancellationRequested();
            var code = raw.sqlite3_prepare_v2(database, rest, out var prepared, out var tail);
            using (prepared)
            {
                var place = new Place(count + 1, line + SqlBlanks.LeadingLines(rest));
                if (code != raw.SQLITE_OK)
                {
                    throw Failure(place, Encoding.UTF8.GetString(rest[..^1]), code);
                }

                if (!prepared.IsInvalid)
                {
                    count++;
                    var statement = SqliteStatement.Parse(
                        SqlBlanks.Trim(Encoding.UTF8.GetString(rest[..^tail.Length]))
                    );
                    RequireExecutable(prepared, statement, place);
                    if (
                        !isUnrestricted
                        && SqliteRestrictions.FindViolation(statement.Sql) is { } why
                    )
                    {
                        throw place.Failure(why, statement.Sql);
                    }

                    watcher.Before(statement);
                    var isDone = TryStep(prepared, statement, (place, watcher));
                    if (isInTransaction)
                    {
                        RequireTransaction(statement, place);
                    }

                    watcher.After(statement, isDone ? raw.sqlite3_changes(database) : 0);
                }
            }

            line += rest[..^tail.Length].Count((byte)'\n');
            rest = tail;
        }

        return count;
    }

    private static void RequireExecutable(sqlite3_stmt prepared, Statement statement, Place place)
    {
        if (statement.ControlsTransaction)
        {
            throw place.Failure(
                "a migration must not begin or end a transaction: the run is one, or with TransactionBehavior.None each statement; code may begin its own there",
                statement.Sql
            );
        }

        if (raw.sqlite3_bind_parameter_count(prepared) > 0)
        {
            throw place.Failure(
                "the statement has parameters, which are given no value",
                statement.Sql
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
    private void RequireTransaction(Statement statement, Place place)
    {
        if (HasLostTransaction(database))
        {
            throw place.Failure(
                "the statement ended the transaction of the run, and what came before it may be committed",
                statement.Sql
            );
        }
    }

    /// <returns>Whether it was executed; else it is excused from that.</returns>
    private bool TryStep(
        sqlite3_stmt prepared,
        Statement statement,
        (Place Place, IStatementWatcher Watcher) at
    )
    {
        var place = at.Place;
        using var timeout = statementTimeout is { } limit
            ? new CancellationTokenSource(limit)
            : null;
        using var onTimeout = timeout?.Token.Register(Interrupt);

        var code = StepToEnd(prepared);
        if (code == raw.SQLITE_INTERRUPT)
        {
            cancellation.ThrowIfCancellationRequested();
            throw place.Failure(
                $"the statement took longer than {statementTimeout?.TotalSeconds} s (--timeout)",
                statement.Sql
            );
        }

        if (code == raw.SQLITE_DONE)
        {
            return true;
        }

        switch (at.Watcher.Rescue(statement, FaultOf(raw.sqlite3_extended_errcode(database))))
        {
            case StatementRescue.PassOver:
                return false;

            case StatementRescue.Retry:
                _ = raw.sqlite3_reset(prepared);
                code = StepToEnd(prepared);
                return code == raw.SQLITE_DONE ? true : throw Failure(place, statement.Sql, code);

            case StatementRescue.None:
                throw Failure(place, statement.Sql, code);

            default:
                throw new InvalidOperationException("There is no such way out of a failure.");
        }
    }

    private static StatementFault FaultOf(int code) =>
        code switch
        {
            raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID =>
                StatementFault.KeyIsTaken,
            raw.SQLITE_CONSTRAINT_UNIQUE => StatementFault.IsNotUnique,
            _ => StatementFault.Other,
        };

    private static int StepToEnd(sqlite3_stmt prepared)
    {
        int code;
        do
        {
            code = raw.sqlite3_step(prepared);
        } while (code == raw.SQLITE_ROW);

        return code;
    }

    private void Interrupt() => raw.sqlite3_interrupt(database);

    /// <exception cref="OperationCanceledException">It is no failure: the run was cancelled, which may show in any error.</exception>
    private Exception Failure(Place place, string sql, int code)
    {
        cancellation.ThrowIfCancellationRequested();
        var message =
            code == raw.SQLITE_AUTH
                ? "a migration must not use this pragma, which moves files or switches a protection off"
                : raw.sqlite3_errmsg(database).utf8_to_string();
        var cause = new SqliteException(message, code, raw.sqlite3_extended_errcode(database));
        return SqliteErrors.IsAboutTheFile(code)
            ? SqliteErrors.Unavailable(databaseName, cause)
            : place.Failure(message, SqlBlanks.Trim(sql), cause);
    }

    /// <summary>Where in the text a statement stands.</summary>
    private readonly record struct Place(int Statement, int Line)
    {
        public StatementException Failure(string message, string sql, Exception? cause = null) =>
            new(message, sql, Statement, Line, cause);
    }
}
