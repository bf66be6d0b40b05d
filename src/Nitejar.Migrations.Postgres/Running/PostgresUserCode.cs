using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>Runs the code of migrations.</summary>
internal sealed class PostgresUserCode(
    IReadSession session,
    NpgsqlConnection connection,
    CancellationToken cancellation
)
{
    private const string TransactionId = "SELECT pg_current_xact_id()::text";

    /// <summary>Runs it in a transaction, or in none.</summary>
    /// <exception cref="StatementException">It has failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Run(CodeOperation code, NpgsqlTransaction? transaction, IStatementWatcher watcher)
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

    /// <summary>Runs it in the transaction of the run, and finds out whether it has ended that.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public void RunInside(
        CodeOperation code,
        NpgsqlTransaction transaction,
        IStatementWatcher watcher
    )
    {
        var before = ReadTransactionId();
        Run(code, transaction, watcher);
        if (ReadTransactionId() != before)
        {
            throw new StatementException(
                "the code ended the transaction of the run, and what came before it may be committed",
                ""
            );
        }
    }

    private string ReadTransactionId() =>
        session.Translate(() => connection.Query(TransactionId, row => row.GetString(0))[0]);
}
