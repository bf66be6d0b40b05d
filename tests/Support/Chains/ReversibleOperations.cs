using FluentMigrator;
using FluentMigrator.Builders.Create.Table;

namespace Nitejar.Tests.Chains;

/// <summary>What FluentMigrator can revert by itself.</summary>
internal static class ReversibleOperations
{
    /// <summary>Asks FluentMigrator for an operation.</summary>
    /// <returns>Whether it is one that it can revert.</returns>
    public static bool Apply(this MigrationBase migration, ChainOperation operation)
    {
        switch (operation)
        {
            case CreateTable table:
                Create(migration, table);
                return !table.IsOnlyOfPostgres();
            case AddColumn add:
                AddColumn(migration, add);
                return true;
            case CreateIndex index:
                var column = migration
                    .Create.Index(index.Name)
                    .OnTable(index.Table)
                    .OnColumn(index.Column);
                if (index.IsUnique)
                {
                    column.Unique();
                }

                return true;
            case RenameTable rename:
                migration.Rename.Table(rename.From).To(rename.To);
                return true;
            case RenameColumn rename:
                migration.Rename.Column(rename.From).OnTable(rename.Table).To(rename.To);
                return true;
            case InsertRows { IsOverriding: false } insert:
                foreach (var row in insert.Rows)
                {
                    migration.Insert.IntoTable(insert.Table).Row(ValuesOf(row));
                }

                return true;
            case InsertReferring { IsStatement: false } insert:
                var values = ValuesOf(insert.Row);
                values[insert.Reference.Column] = RawSql.Insert(
                    $"({insert.Reference.Select("\"id\"")})"
                );
                migration.Insert.IntoTable(insert.Table).Row(values);
                return true;
            default:
                return false;
        }
    }

    private static void Create(MigrationBase migration, CreateTable table)
    {
        var id = migration.Create.Table(table.Table).WithColumn("id").AsInt64().NotNullable();
        ICreateTableColumnOptionOrWithColumnSyntax keyed = table.Key switch
        {
            TableKey.Id => id.PrimaryKey(),
            TableKey.Two => id.PrimaryKey($"pk_{table.Table}"),
            TableKey.None => id,
            _ => throw new ArgumentOutOfRangeException(nameof(table)),
        };
        ICreateTableWithColumnSyntax next = table is { HasIdentity: true, Counting: Counting.Usual }
            ? keyed.Identity()
            : keyed;
        foreach (var column in table.Columns)
        {
            var untyped = next.WithColumn(column.Name);
            var typed =
                column.Type is { } type ? untyped.AsCustom(type)
                : column.IsText ? untyped.AsString()
                : untyped.AsInt64();
            var isKey = table.Key == TableKey.Two && column == table.Columns[0];
            var limited =
                isKey ? typed.NotNullable().PrimaryKey($"pk_{table.Table}")
                : column.Default is null ? typed.Nullable()
                : typed.NotNullable().WithDefaultValue(column.DefaultValue());
            next = column.Parent is null
                ? limited
                : limited
                    .ForeignKey($"fk_{table.Table}_{column.Name}", column.Parent, "id")
                    .OnDelete(column.Rule);
        }
    }

    private static void AddColumn(MigrationBase migration, AddColumn add)
    {
        var untyped = migration.Create.Column(add.Column.Name).OnTable(add.Table);
        var typed =
            add.Column.Type is { } type ? untyped.AsCustom(type)
            : add.Column.IsText ? untyped.AsString()
            : untyped.AsInt64();
        _ = add.Column.Default is null
            ? typed.Nullable()
            : typed.NotNullable().WithDefaultValue(add.Column.DefaultValue());
    }

    private static Dictionary<string, object> ValuesOf(IReadOnlyDictionary<string, Cell> row) =>
        row.ToDictionary(pair => pair.Key, pair => pair.Value.Value!);
}
