using System.Globalization;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

/// <summary>A foreign key of a table, as far as looking for parents needs it.</summary>
/// <param name="Columns">The referring columns.</param>
/// <param name="Parent">The table they refer to.</param>
/// <param name="ParentColumns">The columns they refer to; empty where the parent or one of them is missing.</param>
internal sealed record SqliteReference(
    IReadOnlyList<string> Columns,
    string Parent,
    IReadOnlyList<string> ParentColumns
)
{
    /// <summary>The foreign keys of a table.</summary>
    public static IReadOnlyList<SqliteReference> Of(SqliteConnection connection, string table) =>
        [
            .. connection
                .Query(
                    """
                    SELECT id, "table", "from", "to" FROM pragma_foreign_key_list($table, 'main') ORDER BY id, seq
                    """,
                    row =>
                        (
                            Id: row.GetInt32(0),
                            Parent: row.GetString(1),
                            From: row.GetString(2),
                            To: row.Text(3)
                        ),
                    ("$table", table)
                )
                .GroupBy(part => part.Id)
                .Select(key =>
                    Between(
                        connection,
                        [.. key.Select(part => part.From)],
                        key.First().Parent,
                        [.. key.Select(part => part.To).OfType<string>()]
                    )
                ),
        ];

    /// <summary>Whether this column is one of those that refer.</summary>
    public bool IsFrom(string column) => Columns.Contains(column, SqliteNames.Comparer);

    /// <summary>The condition that a row refers to a parent that is not there.</summary>
    /// <param name="row">The row's name in the SQL around it.</param>
    /// <param name="replaced">A quoted column whose value is to be taken from elsewhere; may be <see langword="null"/>.</param>
    /// <param name="by">From where.</param>
    public string IsDangling(string row, string? replaced = null, string? by = null)
    {
        var values = Columns
            .Select(SqliteCommands.Quote)
            .Select(column =>
                SqliteNames.Comparer.Equals(column, replaced) ? by! : $"{row}.{column}"
            )
            .ToArray();
        var refers = string.Join(" AND ", values.Select(value => $"{value} IS NOT NULL"));
        if (ParentColumns.Count != values.Length)
        {
            return refers;
        }

        // As in SQLite's own check, the parent's collation and affinity count: its column stands first, and the plus
        // takes those of the other one away.
        var matches = ParentColumns.Zip(
            values,
            (column, value) => $"p.{SqliteCommands.Quote(column)} = +{value}"
        );
        return $"{refers} AND NOT EXISTS (SELECT 1 FROM main.{SqliteCommands.Quote(Parent)} AS p WHERE {string.Join(" AND ", matches)})";
    }

    /// <summary>The condition that one row, of a parent whose columns may have no type, is the one that another row refers to.</summary>
    public string IsTo(string parent, string row) =>
        string.Join(
            " AND ",
            ParentColumns.Zip(
                Columns,
                (to, from) =>
                    $"{parent}.{SqliteCommands.Quote(to)} = {row}.{SqliteCommands.Quote(from)}"
            )
        );

    /// <summary>The condition that a parent has the values of the parameters.</summary>
    public string HasValues(string parent) =>
        ParentColumns.Count == 0
            ? "0"
            : string.Join(
                " AND ",
                ParentColumns.Select(
                    (to, i) => $"{parent}.{SqliteCommands.Quote(to)} = {Parameter(i)}"
                )
            );

    /// <summary>The name of the parameter for a column of the key.</summary>
    public static string Parameter(int column) =>
        string.Create(CultureInfo.InvariantCulture, $"$p{column}");

    private static SqliteReference Between(
        SqliteConnection connection,
        string[] columns,
        string parent,
        string[] parentColumns
    )
    {
        if (SqliteTable.Find(connection, parent) is not { } found)
        {
            return new SqliteReference(columns, parent, []);
        }

        var referred = parentColumns.Length == columns.Length ? parentColumns : found.PrimaryKey;
        return new SqliteReference(columns, parent, found.HasColumns(referred) ? referred : []);
    }
}
