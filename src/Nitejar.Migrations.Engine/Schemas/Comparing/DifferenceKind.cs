using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Schemas.Comparing;

/// <summary>What differs between two schemas.</summary>
public enum DifferenceKind
{
    /// <summary>A table is there on one side only.</summary>
    Table,

    /// <summary>The rows of a table live elsewhere.</summary>
    TableKind,

    /// <summary>A table has a rowid on one side only.</summary>
    RowId,

    /// <summary>Numbers of deleted rows are used again on one side only.</summary>
    AutoIncrement,

    /// <summary>Columns take only values of their types on one side only.</summary>
    Strictness,

    /// <summary>A virtual table has another module, or other arguments.</summary>
    Module,

    /// <summary>A column is there on one side only.</summary>
    Column,

    /// <summary>Columns that both have are in another order.</summary>
    ColumnOrder,

    /// <summary>A type is called otherwise, and means the same to the database.</summary>
    ColumnTypeName,

    /// <summary>A type means something else.</summary>
    ColumnType,

    /// <summary>A column takes NULL on one side only.</summary>
    ColumnNullability,

    /// <summary>A column has another default, or one on one side only.</summary>
    ColumnDefault,

    /// <summary>A column is computed in another way, or on one side only.</summary>
    ColumnGenerated,

    /// <summary>A column is numbered by the database on one side only.</summary>
    ColumnIdentity,

    /// <summary>A column compares texts in another way.</summary>
    ColumnCollation,

    /// <summary>The primary key has other columns, or is there on one side only.</summary>
    PrimaryKey,

    /// <summary>A UNIQUE constraint is there on one side only, or one of the same name has other columns.</summary>
    Unique,

    /// <summary>A CHECK constraint is there on one side only, or one of the same name says something else.</summary>
    Check,

    /// <summary>A foreign key is there on one side only, or the one of the same columns refers to something else.</summary>
    ForeignKey,

    /// <summary>A foreign key does something else when its parent is deleted or changed.</summary>
    ForeignKeyAction,

    /// <summary>A foreign key is checked at another time.</summary>
    ForeignKeyDeferral,

    /// <summary>A constraint has another name, or one on one side only.</summary>
    ConstraintName,

    /// <summary>Rows that break a constraint are treated in another way.</summary>
    ConflictRule,

    /// <summary>An index is there on one side only, or the one of the same name is another.</summary>
    Index,

    /// <summary>A trigger is there on one side only, or the one of the same name is another.</summary>
    Trigger,

    /// <summary>A view is there on one side only, or the one of the same name is another.</summary>
    View,

    /// <summary>A sequence is there on one side only, or the one of the same name is another.</summary>
    Sequence,

    /// <summary>A key is checked at another time.</summary>
    KeyDeferral,

    /// <summary>A constraint holds for rows from before it, or an index is complete, on one side only.</summary>
    Validity,

    /// <summary>A part that only some kinds of databases have is there on one side only, or the one of the same name is another.</summary>
    TablePart,

    /// <summary>A function or procedure is there on one side only, or the one with the same arguments is another.</summary>
    Routine,

    /// <summary>A type is there on one side only, or the one of the same name is another.</summary>
    Type,
}
