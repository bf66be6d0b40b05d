using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring.Placing;

/// <summary>Inserts archived rows into their table.</summary>
internal sealed class RowInsertion(RowPlaces places)
{
    /// <summary>Inserts those that no constraint of the table itself forbids.</summary>
    /// <returns>How many.</returns>
    public long InsertWhatFits()
    {
        var (session, archive, table) = (places.Session, places.Archive, places.Table);
        var columns = StoredTable.List(places.Columns);
        var values = string.Join(", ", Values());
        var (names, copied) = places.UsesRowId
            ? ($"{table.RowId}, {columns}", $"{table.RowId}, {values}")
            : (columns, values);
        var others = places.Stays is null ? "" : $" AND NOT {places.IsAgainSeed()}";
        return ArchivedRows.ForThoseThatFit(
            session,
            archive,
            condition =>
                $"INSERT{session.Dialect.OrIgnore} INTO {table.Quoted} ({names}){session.Dialect.WithOwnNumbers} SELECT {copied} FROM {archive.Quoted} AS a WHERE {condition}{others}"
        );
    }

    /// <summary>
    /// The archived values. Rows that the Down took after it had dropped a column have none there: a column that must have
    /// one gets its default, until the values of the column come back.
    /// </summary>
    private IEnumerable<string> Values()
    {
        var defaults = RequiredDefaults();
        return places.Columns.Select(column =>
            defaults.TryGetValue(column, out var value)
                ? $"coalesce(a.{Identifier.Quote(column)}, ({value}))"
                : $"a.{Identifier.Quote(column)}"
        );
    }

    /// <summary>The SQL of the defaults of columns that must not be NULL.</summary>
    private Dictionary<string, string> RequiredDefaults()
    {
        var defaults = new Dictionary<string, string>(places.Session.Dialect.Names);
        foreach (var column in places.Session.Tables.Read(places.Table.Name)?.Columns ?? [])
        {
            if (column is { IsNullable: false, Default: { } value })
            {
                defaults[column.Name] = value.Normal;
            }
        }

        return defaults;
    }
}
