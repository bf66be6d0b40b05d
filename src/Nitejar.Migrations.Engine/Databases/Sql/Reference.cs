using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sql;

/// <summary>A foreign key of a table, as far as looking for parents needs it.</summary>
/// <param name="Dialect">How conditions are written.</param>
/// <param name="Columns">The referring columns.</param>
/// <param name="Parent">The table they refer to.</param>
/// <param name="ParentColumns">The columns they refer to; empty where the parent or one of them is missing.</param>
internal sealed record Reference(
    IDialect Dialect,
    IReadOnlyList<string> Columns,
    string Parent,
    IReadOnlyList<string> ParentColumns
)
{
    /// <summary>Whether this column is one of those that refer.</summary>
    public bool IsFrom(string column) => Columns.Contains(column, Dialect.Names);

    /// <summary>The condition that a row refers to a parent that is not there.</summary>
    /// <param name="row">The row's name in the SQL around it.</param>
    /// <param name="replaced">A quoted column whose value is to be taken from elsewhere; may be <see langword="null"/>.</param>
    /// <param name="by">From where.</param>
    public string IsDangling(string row, string? replaced = null, string? by = null)
    {
        var values = Columns
            .Select(Identifier.Quote)
            .Select(column => Dialect.Names.Equals(column, replaced) ? by! : $"{row}.{column}")
            .ToArray();
        var refers = string.Join(" AND ", values.Select(value => $"{value} IS NOT NULL"));
        if (ParentColumns.Count != values.Length)
        {
            return refers;
        }

        // As in the database's own check, the parent's column stands first, so that its collation counts.
        var matches = ParentColumns.Zip(
            values,
            (column, value) => $"p.{Identifier.Quote(column)} = {Dialect.AsReference(value)}"
        );
        return $"{refers} AND NOT EXISTS (SELECT 1 FROM {Dialect.Qualify(Parent)} AS p WHERE {string.Join(" AND ", matches)})";
    }

    /// <summary>The condition that one row, of a parent whose columns may have no type, is the one that another row refers to.</summary>
    public string IsTo(string parent, string row) =>
        string.Join(
            " AND ",
            ParentColumns.Zip(
                Columns,
                (to, from) => $"{parent}.{Identifier.Quote(to)} = {row}.{Identifier.Quote(from)}"
            )
        );

    /// <summary>The condition that a parent has the values of the parameters.</summary>
    public string HasValues(string parent) =>
        ParentColumns.Count == 0
            ? "1 = 0"
            : string.Join(
                " AND ",
                ParentColumns.Select((to, i) => $"{parent}.{Identifier.Quote(to)} = {Parameter(i)}")
            );

    /// <summary>The name of the parameter for a column of the key.</summary>
    public static string Parameter(int column) =>
        string.Create(CultureInfo.InvariantCulture, $"@p{column}");
}
