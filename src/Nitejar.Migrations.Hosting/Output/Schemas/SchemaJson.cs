using System.Text.Json;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Hosting.Output.Formats;
using Index = Nitejar.Migrations.Engine.Schemas.Tables.Index;

namespace Nitejar.Migrations.Hosting.Output.Schemas;

/// <summary>Shows a schema to programs; docs/schema.md has the fields.</summary>
internal static class SchemaJson
{
    public static string Of(Terminal terminal, DatabaseSchema schema) =>
        JsonAnswer.Of(
            terminal,
            Ending.Success,
            json =>
            {
                json.WriteArray("tables", schema.Tables, table => Write(json, table));
                json.WriteArray(
                    "otherObjects",
                    OtherObject.Of(schema),
                    other =>
                    {
                        json.WriteString("kind", other.Kind);
                        json.WriteString("name", other.Name);
                        json.WriteString("table", other.Table?.ToString());
                        json.WriteString("sql", other.Sql);
                    }
                );
            }
        );

    private static void Write(Utf8JsonWriter json, Table table)
    {
        json.WriteString("name", table.Name.ToString());
        json.WriteArray("columns", table.Columns, column => Write(json, column));
        json.WriteArray("primaryKey", table.PrimaryKey?.Columns ?? []);
        json.WriteArray(
            "foreignKeys",
            table.ForeignKeys.OrderBy(key => key.Columns[0], StringComparer.Ordinal),
            key => Write(json, key)
        );
        json.WriteArray("indexes", table.Indexes, index => Write(json, index));
        json.WriteString("kind", SchemaWords.Of(table.Traits.Kind));
        json.WriteString("module", table.Traits.Module?.Raw);
        json.WriteString("unreadable", table.Unreadable);
        json.WriteBoolean("strict", table.Traits.IsStrict);
        json.WriteBoolean("autoincrement", table.Traits.IsAutoIncrement);
        json.WriteBoolean("rowid", table.Traits.HasRowId);
        json.WriteArray(
            "keys",
            table.PrimaryKey is { } primary ? [primary, .. table.Uniques] : table.Uniques,
            key =>
            {
                json.WriteBoolean("primary", key == table.PrimaryKey);
                json.WriteString("name", key.Name);
                json.WriteArray("parts", key.Parts, part => Write(json, part));
                json.WriteString("onConflict", SchemaWords.Of(key.OnConflict));
            }
        );
        json.WriteArray(
            "checks",
            table.Checks,
            check =>
            {
                json.WriteString("name", check.Name);
                json.WriteString("expression", check.Expression.Raw);
            }
        );
        json.WriteString("sql", table.Definition);
    }

    private static void Write(Utf8JsonWriter json, Column column)
    {
        json.WriteString("name", column.Name);
        json.WriteString("type", column.Type.Declared);
        json.WriteBoolean("nullable", column.IsNullable);
        json.WriteString("default", column.Default?.Raw);
        json.WriteString("collation", column.Collation);
        json.WriteString("generated", column.Generated?.Expression.Raw);
        json.WriteBoolean("stored", column.Generated?.IsStored ?? true);
        json.WriteString("onNull", SchemaWords.Of(column.OnNull));
    }

    private static void Write(Utf8JsonWriter json, ForeignKey key)
    {
        json.WriteArray("columns", key.Columns);
        json.WriteString("referencedTable", key.Table.ToString());
        json.WriteArray("referencedColumns", key.Referenced);
        json.WriteString("onDelete", SchemaWords.Of(key.OnDelete));
        json.WriteString("onUpdate", SchemaWords.Of(key.OnUpdate));
        json.WriteString("name", key.Name);
        json.WriteString("deferrable", SchemaWords.Of(key.Deferral));
    }

    private static void Write(Utf8JsonWriter json, Index index)
    {
        json.WriteString("name", index.Name);
        json.WriteArray("columns", index.Parts.Select(part => part.Column ?? "(expression)"));
        json.WriteBoolean("unique", index.IsUnique);
        json.WriteArray("parts", index.Parts, part => Write(json, part));
        json.WriteString("where", index.Where?.Raw);
        json.WriteString("sql", index.Definition);
    }

    private static void Write(Utf8JsonWriter json, IndexPart part)
    {
        json.WriteString("column", part.Column);
        json.WriteString("expression", part.Expression?.Raw);
        json.WriteString("collation", part.Collation);
        json.WriteBoolean("descending", part.IsDescending);
    }
}
