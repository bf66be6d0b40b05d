using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>What a table held at one time.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Values">How many values that are not NULL, by column.</param>
internal sealed record TableCounts(long Rows, Dictionary<string, long> Values)
{
    /// <summary>Rows and, by their earlier names, values that are not NULL. Columns that were added since are left out.</summary>
    public static TableCounts Of(
        ISession session,
        StoredTable table,
        IEnumerable<string> columns,
        EarlierNames? names
    )
    {
        var counts = new TableCounts(
            session.Count(table),
            new Dictionary<string, long>(session.Dialect.Names)
        );
        var known = columns
            .Select(now =>
                (Now: now, Earlier: names is null ? now : names.OfColumn(table.Name, now))
            )
            .Where(column => column.Earlier is not null)
            .ToArray();
        if (known.Length == 0)
        {
            return counts;
        }

        // One pass over the table for all of the columns.
        var values = known.Select(column => $"count({Identifier.Quote(column.Now)})");
        _ = session.Query(
            $"SELECT {string.Join(", ", values)} FROM {table.Quoted}",
            row =>
            {
                for (var i = 0; i < known.Length; i++)
                {
                    counts.Values[known[i].Earlier!] = row.GetInt64(i);
                }

                return true;
            }
        );
        return counts;
    }
}
