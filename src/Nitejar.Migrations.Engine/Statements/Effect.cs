using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Statements;

/// <summary>What a statement does.</summary>
internal enum EffectKind
{
    /// <summary>Makes a table.</summary>
    MakeTable,

    /// <summary>Makes an index.</summary>
    MakeIndex,

    /// <summary>Makes a view.</summary>
    MakeView,

    /// <summary>Makes a trigger.</summary>
    MakeTrigger,

    /// <summary>Adds a column to a table.</summary>
    AddColumn,

    /// <summary>Lets a table or a new column refer to a parent.</summary>
    Refer,

    /// <summary>Drops a table with its rows.</summary>
    DropTable,

    /// <summary>Drops a column with its values.</summary>
    DropColumn,

    /// <summary>Drops an index, a view or a trigger.</summary>
    DropObject,

    /// <summary>Makes, changes or drops what holds no rows, such as a constraint, a default, a sequence or a right, or locks a table, and touches none.</summary>
    AlterObject,

    /// <summary>Gives a table another name.</summary>
    RenameTable,

    /// <summary>Gives a column another name.</summary>
    RenameColumn,

    /// <summary>Adds rows and by itself changes none; a trigger or a constraint with REPLACE may.</summary>
    Insert,

    /// <summary>Changes the values of a column.</summary>
    Update,

    /// <summary>Deletes rows.</summary>
    Delete,
}

/// <summary>One thing that a statement does to one object.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Object">To which object; of Refer, the table that refers.</param>
/// <param name="Column">The column that is added, dropped, renamed or changed; <see langword="null"/> where none is.</param>
/// <param name="NewName">What a table or a column is called from here on; <see langword="null"/> where nothing is renamed.</param>
internal sealed record Effect(
    EffectKind Kind,
    ObjectName Object,
    string? Column = null,
    string? NewName = null
)
{
    /// <summary>The name of the object in its schema.</summary>
    public string Name => Object.Name;

    /// <summary>The table to which a reference is declared, or of which an index or a trigger is; <see langword="null"/> for other kinds, and where the statement does not name it.</summary>
    public ObjectName? Table { get; init; }

    /// <summary>It is done to every row of the table, which the database neither counts nor shows to triggers.</summary>
    public bool IsOfAllRows { get; init; }

    /// <summary>The made object is gone with the connection.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>That the made object is there already is not an error.</summary>
    public bool OnlyIfMissing { get; init; }

    /// <summary>
    /// Whether a statement fails where the table that it makes is there already, or the one that it drops is not, so that its
    /// success tells what was there and what is; never where its words may mean another table of that name.
    /// </summary>
    public bool IsToldBySuccess { get; init; }
}
