using FluentMigrator.Expressions;

namespace Nitejar.Migrations.Sqlite.FluentMigrations;

/// <summary>What to write instead of what SQLite cannot do, where FluentMigrator only says that it cannot.</summary>
internal static class SqliteRemedies
{
    private const string Rebuild =
        "Rebuild the table with `RebuildTable`, which keeps its rows, indexes and triggers: docs/rebuilding-tables.md.";

    /// <summary>Returns what SQLite cannot do, and what does it; <see langword="null"/> where there is no other way.</summary>
    public static (string Problem, string NextStep)? Of(IMigrationExpression expression) =>
        expression switch
        {
            AlterColumnExpression alter => (
                $"SQLite cannot alter a column ({alter.TableName}.{alter.Column.Name})",
                Rebuild
            ),
            AlterDefaultConstraintExpression alter => (
                $"SQLite cannot alter a default ({alter.TableName}.{alter.ColumnName})",
                Rebuild
            ),
            DeleteDefaultConstraintExpression delete => (
                $"SQLite cannot drop a default ({delete.TableName}.{delete.ColumnName})",
                Rebuild
            ),
            CreateForeignKeyExpression create => (
                $"SQLite cannot add a foreign key to an existing table ({create.ForeignKey.ForeignTable})",
                $"Declare it in Create.Table, with the column. {Rebuild}"
            ),
            DeleteForeignKeyExpression delete => (
                $"SQLite cannot drop a foreign key of an existing table ({delete.ForeignKey.ForeignTable})",
                $"Leave it out where the table is dropped, and write a Down where one is made automatically. {Rebuild}"
            ),
            CreateConstraintExpression create => (
                $"SQLite cannot add this constraint to an existing table ({create.Constraint.TableName})",
                Rebuild
            ),
            DeleteConstraintExpression delete => (
                $"SQLite cannot drop this constraint of an existing table ({delete.Constraint.TableName})",
                Rebuild
            ),
            _ => null,
        };
}
