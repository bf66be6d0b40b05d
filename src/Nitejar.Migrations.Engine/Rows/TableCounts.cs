using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>What a table held at one time.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Values">How many values that are not NULL, by column.</param>
internal sealed record TableCounts(long Rows, Dictionary<string, long> Values)
{
    /// <summary>How many columns are counted in one pass over the table: no query has more than 1,664 of its own on PostgreSQL, and 2,000 on SQLite.</summary>
    private const int AtOnce = 1_600;

    /// <summary>Rows and, by their earlier names, values that are not NULL. Columns that were added since are left out.</summary>
    public static TableCounts Of(
        ISession session,
        StoredTable table,
        IEnumerable<string> columns,
        EarlierNames? names
    )
    {
        var known = columns
            .Select(now =>
                (Now: now, Earlier: names is null ? now : names.OfColumn(table.Name, now))
            )
            .Where(column => column.Earlier is not null)
            .ToArray();

        var rows = 0L;
        var counts = new Dictionary<string, long>(session.Dialect.Names);
        for (var from = 0; from == 0 || from < known.Length; from += AtOnce)
        {
            var part = known.AsSpan(from, Math.Min(AtOnce, known.Length - from)).ToArray();
            var values = part.Select(column => $", count({Identifier.Quote(column.Now)})");
            rows = session.Query(
                $"SELECT count(*){string.Concat(values)} FROM {table.Quoted}",
                row =>
                {
                    for (var i = 0; i < part.Length; i++)
                    {
                        counts[part[i].Earlier!] = row.GetInt64(i + 1);
                    }

                    return row.GetInt64(0);
                }
            )[0];
        }

        return new TableCounts(rows, counts);
    }
}
