using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Statements;

/// <summary>What kind of statement it is, as far as rows and transactions are concerned.</summary>
internal enum StatementKind
{
    /// <summary>Adds an object or a plain column; cannot touch rows that exist.</summary>
    Additive,

    /// <summary>BEGIN, COMMIT, END, ROLLBACK: would end the transaction that holds the run together.</summary>
    TransactionControl,

    /// <summary>Drops a table with its rows.</summary>
    DropTable,

    /// <summary>Drops a column with its values.</summary>
    DropColumn,

    /// <summary>Gives a table another name.</summary>
    RenameTable,

    /// <summary>Gives a column another name.</summary>
    RenameColumn,

    /// <summary>Deletes rows.</summary>
    Delete,

    /// <summary>Changes rows.</summary>
    Update,

    /// <summary>Adds rows and by itself changes none; a trigger or a constraint with REPLACE may.</summary>
    Insert,

    /// <summary>Anything else; may touch rows.</summary>
    Other,
}

/// <summary>A statement and what its words say of it.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Table">The table that loses or gets something, or the object that is added; <see langword="null"/> where the kind has none.</param>
/// <param name="Column">The column that is dropped, added or renamed; <see langword="null"/> where none is.</param>
/// <param name="NewName">What a table or a column is called from here on; <see langword="null"/> where nothing is renamed.</param>
internal sealed record Statement(
    string Sql,
    StatementKind Kind,
    string? Table = null,
    string? Column = null,
    string? NewName = null
)
{
    /// <summary>The columns that an UPDATE sets; empty for every other kind.</summary>
    public IReadOnlyList<string> ChangedColumns { get; init; } = [];

    /// <summary>Whether it makes a table of the rows that a query finds (<c>CREATE TABLE ... AS</c>).</summary>
    public bool MakesTableOfQuery { get; init; }

    /// <summary>The table whose rows a new index requires to be unique; <see langword="null"/> where it makes none.</summary>
    public string? MakesUnique { get; init; }

    /// <summary>Whether it inserts rows that it lists itself (<c>VALUES</c>), rather than rows from elsewhere.</summary>
    public bool InsertsValues { get; init; }

    /// <summary>The query that finds the rows which it inserts; <see langword="null"/> where it lists them or the query cannot be told apart.</summary>
    public string? Query { get; init; }

    /// <summary>Whether it removes the rows that are in the way of what it writes.</summary>
    public bool ReplacesRows { get; init; }
}
