using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>The session of a run. It holds the lock, and is in a transaction; disposing it without a commit undoes everything.</summary>
internal interface IMigrationSession : IReadSession
{
    /// <summary>Whether the database is being created: it appears with <see cref="Commit"/>, and before that nothing of it lasts.</summary>
    bool IsNew { get; }

    /// <summary>Whether the lock is held from one transaction to the next; else other runs may come between them.</summary>
    bool HoldsLockBetweenTransactions { get; }

    /// <summary>Makes what finds out about things that the database itself does not check; <see langword="null"/> where it checks all of them.</summary>
    IDeferredChecks? CreateChecks();

    /// <summary>Takes the locks of tables that keep everyone out, one after the other.</summary>
    /// <param name="tables">The tables, each qualified; at least one.</param>
    /// <exception cref="NotSupportedException">The kind has one lock for the whole database.</exception>
    void LockTables(IReadOnlyList<string> tables) =>
        throw new NotSupportedException($"{Dialect.Name} has no locks of tables.");

    /// <summary>Prepares the connection for the statements of a step.</summary>
    void BeginStep(StepStatements statements) { }

    /// <summary>The statements of the step are executed.</summary>
    void EndStep() { }

    /// <summary>Executes one operation of a step to its end.</summary>
    /// <exception cref="StatementException">It failed; the session must be disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    void Execute(IStepOperation operation, IStatementWatcher watcher);

    /// <summary>Executes one operation of a migration without a transaction: outside of any where the database wants that, else inside this one.</summary>
    /// <exception cref="StatementException">It failed; the session must be disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    void ExecuteAlone(IStepOperation operation, IStatementWatcher watcher);

    /// <summary>Looks for what an earlier execution of a statement has left that <see cref="ExecuteAlone"/> executes outside of any transaction, where it is not known whether it came to its end.</summary>
    StatementOutcome FindOutcome(Statement statement) => StatementOutcome.NotExecuted;

    /// <summary>Makes what was done so far last, and begins the next transaction.</summary>
    /// <exception cref="LockTimeoutException">Another process was in the way for too long.</exception>
    void CommitAndContinue();

    /// <summary>Makes it last.</summary>
    /// <param name="hasLasted">Whether another session sees what the transaction wrote, asked where the answer is lost; <see langword="null"/> where it wrote nothing by which that can be known.</param>
    CommitResult Commit(Func<ISession, bool>? hasLasted);

    /// <summary>Undoes the transaction after a failure, so that what is read is what was there before it. Nothing more can be executed.</summary>
    void Rollback();
}
