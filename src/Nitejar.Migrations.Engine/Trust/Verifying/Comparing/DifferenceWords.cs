using Nitejar.Migrations.Engine.Schemas.Comparing;

namespace Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

/// <summary>Names what differs between two schemas.</summary>
internal static class DifferenceWords
{
    /// <summary>Says what is wrong with a part of the schema that should be as before.</summary>
    public static string ProblemOf(Difference difference) =>
        difference switch
        {
            { After: null } when IsObject(difference.Kind) => $"{Of(difference.Kind)}: missing",
            { Before: null } when IsObject(difference.Kind) =>
                $"{Of(difference.Kind)}: was not there before",
            _ => $"{Of(difference.Kind)}: changed",
        };

    /// <summary>Whether it is a part of its own, rather than a property of one.</summary>
    private static bool IsObject(DifferenceKind kind) =>
        kind
            is DifferenceKind.Table
                or DifferenceKind.Column
                or DifferenceKind.PrimaryKey
                or DifferenceKind.Unique
                or DifferenceKind.Check
                or DifferenceKind.ForeignKey
                or DifferenceKind.Index
                or DifferenceKind.Trigger
                or DifferenceKind.View
                or DifferenceKind.Sequence
                or DifferenceKind.TablePart
                or DifferenceKind.Routine
                or DifferenceKind.Type;

    private static string Of(DifferenceKind kind) =>
        kind switch
        {
            DifferenceKind.Table => "table",
            DifferenceKind.TableKind => "kind of table",
            DifferenceKind.RowId => "WITHOUT ROWID",
            DifferenceKind.AutoIncrement => "AUTOINCREMENT",
            DifferenceKind.Strictness => "STRICT",
            DifferenceKind.Module => "module",
            DifferenceKind.Column => "column",
            DifferenceKind.ColumnOrder => "order of columns",
            DifferenceKind.ColumnTypeName => "name of the type",
            DifferenceKind.ColumnType => "type",
            DifferenceKind.ColumnNullability => "nullability",
            DifferenceKind.ColumnDefault => "default",
            DifferenceKind.ColumnGenerated => "generated value",
            DifferenceKind.ColumnIdentity => "identity",
            DifferenceKind.ColumnCollation => "collation",
            DifferenceKind.PrimaryKey => "primary key",
            DifferenceKind.Unique => "UNIQUE constraint",
            DifferenceKind.Check => "CHECK constraint",
            DifferenceKind.ForeignKey => "foreign key",
            DifferenceKind.ForeignKeyAction => "action of the foreign key",
            DifferenceKind.ForeignKeyDeferral => "deferral of the foreign key",
            DifferenceKind.ConstraintName => "name of the constraint",
            DifferenceKind.ConflictRule => "rule for conflicts",
            DifferenceKind.Index => "index",
            DifferenceKind.Trigger => "trigger",
            DifferenceKind.View => "view",
            DifferenceKind.Sequence => "sequence",
            DifferenceKind.KeyDeferral => "deferral of the key",
            DifferenceKind.Validity => "validity",
            DifferenceKind.TablePart => "part of the table",
            DifferenceKind.Routine => "function",
            DifferenceKind.Type => "type of the schema",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
