using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>
/// One open connection to a database, and the parts in which its kind differs from others. Everything that a promise rests
/// on is built on these parts, once for all kinds.
/// </summary>
internal interface ISession
{
    /// <summary>The connection. Inside a run it has the run's transaction.</summary>
    DbConnection Connection { get; }

    /// <summary>Whether the session is another client's as soon as a transaction ends: no lock and no setting may outlast one, and reads are in one, too.</summary>
    bool IsPooled => false;

    /// <summary>The name of an engine whose rollback does not undo changes of the schema, and whose lock is a row that each transaction reads; <see langword="null"/> where neither is so.</summary>
    string? EngineWithoutRollback => null;

    /// <summary>How SQL is written and read.</summary>
    IDialect Dialect { get; }

    /// <summary>What the database says of its tables.</summary>
    ITables Tables { get; }

    /// <summary>Moves rows between tables.</summary>
    IRowMover Rows { get; }

    /// <summary>The tables of the migrator.</summary>
    IOwnTables Own { get; }
}
