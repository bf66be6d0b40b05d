using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>
/// Executes SQL text statement by statement, each stepped to its end. The driver's commands stop at the first
/// statement that returns rows and swallow the errors of those behind it; here SQLite's own parser finds the
/// statements, so that the position of an error is exact.
/// </summary>
internal sealed class SqliteScript(
    sqlite3 database,
    TimeSpan? statementTimeout,
    CancellationToken cancellation
)
{
    /// <summary>Executes every statement of the text.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="beforeStatement">Called with each statement before it is executed.</param>
    /// <returns>How many statements there were.</returns>
    /// <exception cref="StatementException">One failed, or would end the transaction.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public int Execute(string sql, Action<StatementKind, string> beforeStatement)
    {
        ReadOnlySpan<byte> text = Encoding.UTF8.GetBytes(sql);
        var rest = text;
        var count = 0;
        while (!rest.IsEmpty)
        {
            cancellation.ThrowIfCancellationRequested();
            var position = new Position(text, text.Length - rest.Length, count + 1);
            var code = raw.sqlite3_prepare_v2(database, rest, out var statement, out var tail);
            using (statement)
            {
                if (code != raw.SQLITE_OK)
                {
                    throw Failure(position, rest, code);
                }

                if (!statement.IsInvalid)
                {
                    count++;
                    Execute(statement, rest[..^tail.Length], position, beforeStatement);
                }
            }

            rest = tail;
        }

        return count;
    }

    private void Execute(
        sqlite3_stmt statement,
        ReadOnlySpan<byte> text,
        Position position,
        Action<StatementKind, string> beforeStatement
    )
    {
        var kind = SqliteStatement.KindOf(text);
        if (kind == StatementKind.TransactionControl)
        {
            throw position.Failure(
                "a migration must not begin or end a transaction; the whole run is one already",
                text
            );
        }

        if (raw.sqlite3_bind_parameter_count(statement) > 0)
        {
            throw position.Failure(
                "the statement has parameters, which nobody gives a value",
                text
            );
        }

        beforeStatement(kind, Encoding.UTF8.GetString(text));
        Step(statement, text, position);
    }

    private void Step(sqlite3_stmt statement, ReadOnlySpan<byte> text, Position position)
    {
        using var timeout = statementTimeout is { } limit
            ? new CancellationTokenSource(limit)
            : null;
        using var onTimeout = timeout?.Token.Register(Interrupt);
        using var onCancel = cancellation.Register(Interrupt);

        int code;
        do
        {
            code = raw.sqlite3_step(statement);
        } while (code == raw.SQLITE_ROW);

        if (code == raw.SQLITE_DONE)
        {
            return;
        }

        if (code == raw.SQLITE_INTERRUPT)
        {
            cancellation.ThrowIfCancellationRequested();
            throw position.Failure(
                $"the statement took longer than {statementTimeout?.TotalSeconds} s (--timeout)",
                text
            );
        }

        throw Failure(position, text, code);
    }

    private void Interrupt() => raw.sqlite3_interrupt(database);

    private Exception Failure(Position position, ReadOnlySpan<byte> text, int code)
    {
        var message = raw.sqlite3_errmsg(database).utf8_to_string();
        var cause = new SqliteException(message, code, raw.sqlite3_extended_errcode(database));
        return SqliteErrors.IsAboutTheFile(code)
            ? SqliteErrors.Unavailable(
                raw.sqlite3_db_filename(database, "main").utf8_to_string(),
                cause
            )
            : position.Failure(message, text, cause);
    }

    /// <summary>Where in the text a statement stands.</summary>
    private readonly ref struct Position(ReadOnlySpan<byte> all, int offset, int statement)
    {
        private readonly ReadOnlySpan<byte> _all = all;

        public StatementException Failure(
            string message,
            ReadOnlySpan<byte> text,
            Exception? cause = null
        )
        {
            var blank = text.Length - text.TrimStart(" \t\r\n"u8).Length;
            var line = 1 + _all[..(offset + blank)].Count((byte)'\n');
            return new StatementException(
                message,
                Encoding.UTF8.GetString(text).Trim(),
                statement,
                line,
                cause
            );
        }
    }
}
