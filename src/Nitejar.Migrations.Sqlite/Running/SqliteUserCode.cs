using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Running;

/// <summary>Runs the code of migrations.</summary>
internal sealed class SqliteUserCode(
    IReadSession session,
    SqliteConnection connection,
    SqliteRestrictions restrictions,
    CancellationToken cancellation
)
{
    /// <summary>Runs it in the transaction of the run, and finds out whether it has ended that.</summary>
    /// <exception cref="StatementException">It has failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void RunInside(
        CodeOperation code,
        SqliteTransaction transaction,
        IStatementWatcher watcher
    )
    {
        Run(code, transaction, watcher);
        if (SqliteScript.HasLostTransaction(connection.Handle!))
        {
            throw new StatementException(
                "the code ended the transaction of the run, and what came before it may be committed",
                ""
            );
        }
    }

    /// <summary>Hands over no transaction, as FluentMigrator does: the code may begin its own, or execute what refuses one.</summary>
    public void RunAlone(CodeOperation code, IStatementWatcher watcher)
    {
        // VACUUM attaches a file, and what code does is its class's own.
        restrictions.Execute(
            sql: "",
            isUnrestricted: true,
            () => Run(code, transaction: null, watcher)
        );
        if (raw.sqlite3_get_autocommit(connection.Handle!) == 0)
        {
            _ = raw.sqlite3_exec(connection.Handle!, "ROLLBACK");
            throw new StatementException(
                "the code began a transaction and did not end it; it was rolled back",
                ""
            );
        }
    }

    private void Run(CodeOperation code, SqliteTransaction? transaction, IStatementWatcher watcher)
    {
        session.Run(watcher.BeforeCode);
        try
        {
            code.Run(connection, transaction!);
        }
        catch (Exception e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new StatementException(e.Message, code.Description ?? "", e);
        }
    }
}
