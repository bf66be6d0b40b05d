using System.Text;
using Nitejar.Migrations.Cli.Output.Formats;
using Nitejar.Migrations.Engine.Schemas;

namespace Nitejar.Migrations.Cli.Output;

/// <summary>Shows a schema to people, as SQL, and to programs.</summary>
internal static class SchemaView
{
    public static string ToText(DatabaseSchema schema)
    {
        var text = new StringBuilder();
        foreach (var table in schema.Tables)
        {
            Append(text, table);
        }

        foreach (var other in schema.OtherObjects)
        {
            text.Append(CultureInfo.InvariantCulture, $"{other.Kind} {other.Name}\n");
        }

        return text.Length == 0 ? "no tables\n" : text.ToString();
    }

    public static string ToSql(DatabaseSchema schema)
    {
        var tables = schema.Tables.SelectMany(table =>
            table.Indexes.Select(index => index.Sql).Prepend(table.Sql)
        );
        return string.Concat(
            tables
                .Concat(schema.OtherObjects.Select(other => other.Sql))
                .Where(sql => !string.IsNullOrEmpty(sql))
                .Select(sql => sql + ";\n")
        );
    }

    public static string ToJson(DatabaseSchema schema) =>
        JsonAnswer.Write(json =>
        {
            json.WriteString("command", "schema");
            json.WriteArray(
                "tables",
                schema.Tables,
                table =>
                {
                    json.WriteString("name", table.Name);
                    json.WriteArray(
                        "columns",
                        table.Columns,
                        column =>
                        {
                            json.WriteString("name", column.Name);
                            json.WriteString("type", column.Type);
                            json.WriteBoolean("nullable", column.IsNullable);
                            json.WriteString("default", column.Default);
                        }
                    );
                    json.WriteArray("primaryKey", table.PrimaryKey);
                    json.WriteArray(
                        "foreignKeys",
                        table.ForeignKeys,
                        key =>
                        {
                            json.WriteArray("columns", key.Columns);
                            json.WriteString("referencedTable", key.ReferencedTable);
                            json.WriteArray("referencedColumns", key.ReferencedColumns);
                            json.WriteString("onDelete", key.OnDelete);
                            json.WriteString("onUpdate", key.OnUpdate);
                        }
                    );
                    json.WriteArray(
                        "indexes",
                        table.Indexes,
                        index =>
                        {
                            json.WriteString("name", index.Name);
                            json.WriteArray("columns", index.Columns);
                            json.WriteBoolean("unique", index.IsUnique);
                        }
                    );
                }
            );
            json.WriteArray(
                "otherObjects",
                schema.OtherObjects,
                other =>
                {
                    json.WriteString("kind", other.Kind);
                    json.WriteString("name", other.Name);
                }
            );
        });

    private static void Append(StringBuilder text, TableSchema table)
    {
        var columns = new TextTable("COLUMN", "TYPE", "NULL", "DEFAULT", "KEY");
        foreach (var column in table.Columns)
        {
            columns.Add(
                column.Name,
                column.Type,
                column.IsNullable ? "yes" : "no",
                column.Default ?? "",
                string.Join(", ", KeysOf(table, column.Name))
            );
        }

        text.Append(CultureInfo.InvariantCulture, $"{table.Name}\n{columns.ToText()}");
        foreach (var index in table.Indexes)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {(index.IsUnique ? "unique index" : "index")} {index.Name} ({string.Join(", ", index.Columns)})\n"
            );
        }

        text.Append('\n');
    }

    private static IEnumerable<string> KeysOf(TableSchema table, string column)
    {
        if (table.PrimaryKey.Contains(column))
        {
            yield return "primary key";
        }

        foreach (var key in table.ForeignKeys.Where(key => key.Columns.Contains(column)))
        {
            var action =
                key.OnDelete == "NO ACTION" ? "" : $" on delete {key.OnDelete.ToLowerInvariant()}";
            yield return $"{key.ReferencedTable}({string.Join(", ", key.ReferencedColumns)}){action}";
        }
    }
}
