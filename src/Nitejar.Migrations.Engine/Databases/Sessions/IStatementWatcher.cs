using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>Sees each statement of a run.</summary>
internal interface IStatementWatcher
{
    /// <summary>The statement is about to be executed.</summary>
    void Before(Statement statement);

    /// <summary>The statement was executed.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="changes">Rows inserted, changed or deleted by the last statement that does such a thing.</param>
    void After(Statement statement, long changes);

    /// <summary>Code is about to run, of which nothing is known.</summary>
    void BeforeCode();

    /// <summary>Whether a statement that fails may be rescued. Where an error ends the transaction, it then needs a savepoint.</summary>
    bool MayRescue { get; }

    /// <summary>A statement has failed and changed nothing.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="fault">Why it failed.</param>
    StatementRescue Rescue(Statement statement, StatementFault fault);
}

/// <summary>What happens next to a statement that failed and changed nothing.</summary>
internal enum StatementRescue
{
    /// <summary>Its failure stands.</summary>
    None,

    /// <summary>It counts as executed.</summary>
    PassOver,

    /// <summary>What was in its way is gone, and it is executed once more.</summary>
    Retry,
}
