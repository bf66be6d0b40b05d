using FluentMigrator;

namespace Nitejar.Tests.Chains;

/// <summary>Carries out a migration of a chain by FluentMigrator's authoring API, with a Down written by hand.</summary>
internal sealed class InterpretedMigration(ChainMigration migration) : Migration
{
    /// <summary>A new instance of the class that a migration of a chain stands for.</summary>
    public static IMigration Of(ChainMigration migration) =>
        migration.Reversal == Reversal.Automatic
            ? new AutomaticallyReversed(migration)
            : new InterpretedMigration(migration);

    public override void Up()
    {
        foreach (var operation in migration.Operations)
        {
            if (operation is CreateTable table)
            {
                Make(table);
            }
            else if (!this.Apply(operation))
            {
                ApplyIrreversible(operation);
            }
        }
    }

    public override void Down()
    {
        foreach (var operation in migration.Operations.Reverse().Where(o => o is not CreateTable))
        {
            Revert(operation);
        }

        DropTables([.. migration.Operations.OfType<CreateTable>().Select(made => made.Table)]);
        foreach (var type in migration.Operations.Reverse().OfType<CreateType>())
        {
            Execute.Sql($"DROP {(type.IsEnum ? "TYPE" : "DOMAIN")} \"{type.Name}\"");
        }
    }

    private void DropTables(string[] created)
    {
        if (migration.Reversal == Reversal.Cascade)
        {
            var tables = created.Select(table => $"\"{table}\"");
            Execute.Sql($"DROP TABLE {string.Join(", ", tables)} CASCADE");
            return;
        }

        var isParentFirst = migration.Reversal == Reversal.ParentFirst;
        foreach (var table in isParentFirst ? created : created.Reverse())
        {
            if (isParentFirst && migration.Kind == ChainKind.Postgres)
            {
                Execute.Sql($"DROP TABLE \"{table}\" CASCADE");
            }
            else
            {
                Delete.Table(table);
            }
        }
    }

    private void ApplyIrreversible(ChainOperation operation)
    {
        switch (operation)
        {
            case InsertReferring { IsStatement: true } insert:
                var columns = insert.Row.Keys.Append(insert.Reference.Column);
                var values = insert.Row.Values.Select(cell => cell.Sql).Append("\"id\"");
                Execute.Sql(
                    $"INSERT INTO \"{insert.Table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) "
                        + insert.Reference.Select(string.Join(", ", values))
                );
                break;
            case DeleteRow delete:
                DeleteWhere(
                    delete.Table,
                    new Dictionary<string, Cell> { ["id"] = delete.Row["id"] }
                );
                break;
            case DropTable drop:
                Delete.Table(drop.Table.Table);
                break;
            case InsertRows insert:
                AddRows(insert);
                break;
            case CreateType or AddGenerated or Protect:
                this.ApplyOfPostgres(operation);
                break;
            default:
                throw new InvalidOperationException($"Nobody carries out {operation}.");
        }
    }

    private void Revert(ChainOperation operation)
    {
        switch (operation)
        {
            case InsertRows insert:
                Remove(insert.Table, insert.Rows);
                break;
            case InsertReferring insert:
                Remove(insert.Table, [insert.Row]);
                break;
            case DeleteRow delete:
                AddRows(
                    new InsertRows(delete.Table, [delete.Row])
                    {
                        IsOverriding = delete.IsOverriding,
                    }
                );
                break;
            case AddColumn add:
                Delete.Column(add.Column.Name).FromTable(add.Table);
                break;
            case CreateIndex index:
                Delete.Index(index.Name).OnTable(index.Table);
                break;
            case RenameTable rename:
                Rename.Table(rename.To).To(rename.From);
                break;
            case RenameColumn rename:
                Rename.Column(rename.To).OnTable(rename.Table).To(rename.From);
                break;
            case DropTable drop:
                Make(drop.Table);
                break;
            case AddGenerated generated:
                Delete.Column(generated.Column).FromTable(generated.Table);
                break;
            case Protect protect:
                this.RevertOfPostgres(protect);
                break;
            case CreateType:
                // Once no table has it any more.
                break;
            default:
                throw new InvalidOperationException($"Nobody reverts {operation}.");
        }
    }

    private void Remove(string table, IReadOnlyList<IReadOnlyDictionary<string, Cell>> rows)
    {
        var isDropped = migration.Operations.OfType<CreateTable>().Any(c => c.Table == table);
        if (
            isDropped
            && migration.Reversal is Reversal.TablesOnly or Reversal.ParentFirst or Reversal.Cascade
        )
        {
            return;
        }

        if (migration.Reversal == Reversal.Truncated)
        {
            Execute.Sql($"TRUNCATE \"{table}\" CASCADE");
            return;
        }

        if (migration.Reversal == Reversal.AllRows)
        {
            Delete.FromTable(table).AllRows();
            return;
        }

        foreach (var row in rows.Reverse())
        {
            DeleteWhere(table, row);
        }
    }

    /// <summary>As people write it: <c>Delete.FromTable(...).Row</c> reads anonymous types, whose members the native compiler removes.</summary>
    private void DeleteWhere(string table, IReadOnlyDictionary<string, Cell> row)
    {
        var conditions = row.Select(pair => Condition(pair.Key, pair.Value));
        Execute.Sql($"DELETE FROM \"{table}\" WHERE {string.Join(" AND ", conditions)}");
    }

    private static string Condition(string column, Cell value) =>
        value.Type is null
            ? $"\"{column}\" IS NOT DISTINCT FROM {value.Sql}"
            : $"CAST(\"{column}\" AS text) IS NOT DISTINCT FROM CAST({value.Sql} AS text)";

    private void Make(CreateTable table)
    {
        _ = this.Apply(table);
        this.AddOfPostgres(table);
    }

    private void AddRows(InsertRows insert)
    {
        if (this.Apply(insert))
        {
            return;
        }

        foreach (var row in insert.Rows)
        {
            var columns = string.Join(", ", row.Keys.Select(name => $"\"{name}\""));
            var values = string.Join(", ", row.Values.Select(cell => cell.Sql));
            Execute.Sql(
                $"INSERT INTO \"{insert.Table}\" ({columns}) OVERRIDING SYSTEM VALUE VALUES ({values})"
            );
        }
    }

    private sealed class AutomaticallyReversed(ChainMigration migration) : AutoReversingMigration
    {
        public override void Up()
        {
            foreach (var operation in migration.Operations)
            {
                if (!this.Apply(operation))
                {
                    throw new InvalidOperationException(
                        $"FluentMigrator does not revert {operation}."
                    );
                }
            }
        }
    }
}
