using Nitejar.Migrations.Engine.Schemas.Comparing;

namespace Nitejar.Migrations.Hosting.Output.Drifting;

/// <summary>What differs between two schemas, in words that programs can decide by.</summary>
internal static class DriftWords
{
    public static string Of(DifferenceKind kind) =>
        kind switch
        {
            DifferenceKind.Table => "table",
            DifferenceKind.TableKind => "table-kind",
            DifferenceKind.RowId => "rowid",
            DifferenceKind.AutoIncrement => "autoincrement",
            DifferenceKind.Strictness => "strict",
            DifferenceKind.Module => "module",
            DifferenceKind.Column => "column",
            DifferenceKind.ColumnOrder => "column-order",
            DifferenceKind.ColumnTypeName => "type-name",
            DifferenceKind.ColumnType => "type",
            DifferenceKind.ColumnNullability => "nullability",
            DifferenceKind.ColumnDefault => "default",
            DifferenceKind.ColumnGenerated => "generated",
            DifferenceKind.ColumnIdentity => "identity",
            DifferenceKind.ColumnCollation => "collation",
            DifferenceKind.PrimaryKey => "primary-key",
            DifferenceKind.Unique => "unique",
            DifferenceKind.Check => "check",
            DifferenceKind.ForeignKey => "foreign-key",
            DifferenceKind.ForeignKeyAction => "foreign-key-action",
            DifferenceKind.ForeignKeyDeferral => "foreign-key-deferral",
            DifferenceKind.ConstraintName => "constraint-name",
            DifferenceKind.ConflictRule => "conflict-rule",
            DifferenceKind.Index => "index",
            DifferenceKind.Trigger => "trigger",
            DifferenceKind.View => "view",
            DifferenceKind.Sequence => "sequence",
            DifferenceKind.KeyDeferral => "key-deferral",
            DifferenceKind.Validity => "validity",
            DifferenceKind.TablePart => "table-part",
            DifferenceKind.Routine => "routine",
            DifferenceKind.Type => "user-type",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
