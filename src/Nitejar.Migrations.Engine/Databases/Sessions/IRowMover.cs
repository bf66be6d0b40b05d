using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Constraints;

namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>Moves rows out of tables and back, in the ways in which kinds of databases differ.</summary>
internal interface IRowMover
{
    /// <summary>The last number that the database has given to a row of the table; <see langword="null"/> where it keeps none.</summary>
    long? ReadCounter(string table);

    /// <summary>Whether the database gives its numbers to this column, and not to another one.</summary>
    bool Counts(string table, string column);

    /// <summary>Sets it, where the table has one; <see langword="null"/> for one that was never used.</summary>
    void SetCounter(string table, long? number);

    /// <summary>Whether ON DELETE and ON UPDATE take effect at the moment.</summary>
    bool ActionsTakeEffect { get; }

    /// <summary>Whether <see cref="PauseEffects"/> also keeps ON DELETE and ON UPDATE from taking effect.</summary>
    bool PauseHoldsActions { get; }

    /// <summary>Keeps what rows of some tables set off from taking effect until it is disposed: they come back and go as they are.</summary>
    /// <param name="tables">The tables, whose triggers do not fire and whose references forbid nothing.</param>
    IDisposable PauseEffects(IEnumerable<string> tables);

    /// <summary>Lets references of some tables, and to them, forbid nothing until it is disposed; triggers fire. <see langword="null"/> where they forbid nothing anyway.</summary>
    /// <param name="tables">The tables.</param>
    IDisposable? PauseReferences(IEnumerable<string> tables) => null;

    /// <summary>Lets each statement be refused that breaks a reference, also where the end of the transaction would be soon enough, or no longer.</summary>
    void CheckReferencesAtOnce(bool isAtOnce) { }

    /// <summary>The foreign keys of a table that <see cref="PauseEffects"/> has taken off it for the time being.</summary>
    IReadOnlyList<ForeignKey> ReadPausedKeys(string table);

    /// <summary>Makes a table without rows that takes values of another one as they are.</summary>
    /// <param name="table">Its name, quoted.</param>
    /// <param name="like">The table whose values it takes.</param>
    /// <param name="columns">Columns of that table, with the names that they have here.</param>
    void CreateStore(
        string table,
        StoredTable like,
        IEnumerable<(string Column, string Name)> columns
    );

    /// <summary>Gives the columns of a store the types of their table, where they could not keep them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="table">The table whose rows it holds.</param>
    void TakeTypes(StoredTable store, StoredTable table) { }

    /// <summary>
    /// Executes a statement for all rows <c>a</c> of a store or, where an error of one would keep all of them from their
    /// table, for each by itself, without those that fail.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="sql">Makes the statement with one more condition.</param>
    /// <returns>How many rows it made or changed.</returns>
    long ForThoseThatFit(StoredTable store, Func<string, string> sql);

    /// <summary>Makes a trigger that only this connection sees.</summary>
    void CreateTrigger(RowTrigger trigger);

    /// <summary>Drops a trigger that <see cref="CreateTrigger"/> has made, where it is still there.</summary>
    void DropTrigger(string name);

    /// <summary>Whether the trigger is one of the table with this name now.</summary>
    bool HasTrigger(string name, string table);

    /// <summary>Executes a statement that may fail because of what it names.</summary>
    /// <returns>Whether it was executed; else nothing has changed.</returns>
    bool TryExecute(string sql);

    /// <summary>Lets what is deleted from here on be overwritten where the database keeps it.</summary>
    void OverwriteDeleted();
}

/// <summary>A trigger for the time of a step.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Event">DELETE, INSERT, or UPDATE OF with a quoted column.</param>
/// <param name="Table">The table, quoted.</param>
/// <param name="Statement">What it executes for each row, which it calls NEW or OLD; without a semicolon.</param>
internal sealed record RowTrigger(string Name, string Event, string Table, string Statement)
{
    /// <summary>For which rows; <see langword="null"/> for all.</summary>
    public string? When { get; init; }
}
