using System.Text;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output.Schemas;

/// <summary>Shows a schema to people.</summary>
internal static class SchemaTable
{
    public static string Of(DatabaseSchema schema)
    {
        var text = new StringBuilder();
        foreach (var table in schema.Tables)
        {
            Append(text, table);
        }

        foreach (var other in OtherObject.Of(schema))
        {
            var on = other.Table is null ? "" : $" on {other.Table}";
            text.Append(CultureInfo.InvariantCulture, $"{other.Kind} {other.Name}{on}\n");
            text.Append("  ").Append(other.Sql.ReplaceLineEndings("\n  ")).Append("\n\n");
        }

        return text.Length == 0 ? "no tables\n" : text.ToString();
    }

    private static void Append(StringBuilder text, Table table)
    {
        text.Append(CultureInfo.InvariantCulture, $"{table.Name}{TraitsOf(table.Traits)}\n");
        if (table.Unreadable is { } why)
        {
            Line($"its columns cannot be read: {why}");
        }
        else
        {
            ColumnsOf(table).AppendTo(text);
        }

        if (table.PrimaryKey is { } key && !IsPlain(key))
        {
            Line($"primary key{Named(key.Name)} {SchemaWords.Of(key)}");
        }

        foreach (var unique in table.Uniques)
        {
            Line($"unique{Named(unique.Name)} {SchemaWords.Of(unique)}");
        }

        foreach (var check in table.Checks)
        {
            Line($"check{Named(check.Name)} ({check.Expression})");
        }

        foreach (var index in table.Indexes)
        {
            Line(
                $"{(index.IsUnique ? "unique index" : "index")} {index.Name} {SchemaWords.Of(index)}"
            );
        }

        text.Append('\n');

        void Line(string words) => text.Append("  ").Append(words.Replace('\n', ' ')).Append('\n');
    }

    private static string Named(string? name) => name is null ? "" : $" {name}";

    /// <summary>Whether the line of its only column says all of it.</summary>
    private static bool IsPlain(Key key) =>
        key
            is {
                Parts: [{ IsDescending: false, Collation: null }],
                OnConflict: ConflictRule.Abort
            };

    private static TextTable ColumnsOf(Table table)
    {
        var columns = new TextTable("COLUMN", "TYPE", "NULL", "DEFAULT", "KEY");
        foreach (var column in table.Columns)
        {
            columns.Add(
                column.Name,
                column.Collation is null
                    ? column.Type.Declared
                    : $"{column.Type} collate {column.Collation}",
                (column.IsNullable ? "yes" : "no") + SchemaWords.OnConflict(column.OnNull),
                ValueOf(column),
                KeysOf(table, column.Name)
            );
        }

        return columns;
    }

    private static string ValueOf(Column column) =>
        column.Generated is { } generated
            ? $"as ({generated.Expression}){(generated.IsStored ? " stored" : "")}"
            : column.Default?.Raw ?? "";

    private static string TraitsOf(TableTraits traits)
    {
        if (traits is { Kind: TableKind.Ordinary, HasRowId: true, IsStrict: false })
        {
            return "";
        }

        string?[] words =
        [
            traits.Module is { } module ? $"virtual, using {module}" : null,
            traits.Kind == TableKind.Shadow ? "made by a virtual table" : null,
            traits.IsStrict ? "strict" : null,
            !traits.HasRowId && traits.Kind != TableKind.Virtual ? "without rowid" : null,
        ];
        return $" ({string.Join(", ", words.OfType<string>()).Replace('\n', ' ')})";
    }

    private static string KeysOf(Table table, string column)
    {
        var keys = "";
        foreach (var part in table.PrimaryKey?.Parts ?? [])
        {
            if (part.Column == column)
            {
                keys = "primary key" + (table.Traits.IsAutoIncrement ? " autoincrement" : "");
            }
        }

        foreach (var key in table.ForeignKeys)
        {
            if (key.Columns.Contains(column, StringComparer.OrdinalIgnoreCase))
            {
                keys += (keys.Length == 0 ? "" : ", ") + SchemaWords.Of(key);
            }
        }

        return keys;
    }
}
