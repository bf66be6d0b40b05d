using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Trust.Verifying.Seeding;

/// <summary>What was written into a table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">How many rows were inserted.</param>
/// <param name="Problem">Why there are none, in a sentence without its dot; <see langword="null"/> where there are some.</param>
internal sealed record SeededTable(ObjectName Table, long Rows, string? Problem);

/// <summary>
/// Fills tables with rows that reach the edges of each type, with NULLs, keys, pairs, references and chains of parents.
/// The same schema gets the same rows, whatever the time or the machine.
/// </summary>
internal sealed class Seeder(IScratchWriter writer, IEqualityComparer<string> names, long? rows)
{
    /// <summary>Enough for each edge of a type to occur, with rows of defaults and of NULLs.</summary>
    private const long UsualRows = 20;

    /// <summary>Inserts rows into tables.</summary>
    /// <param name="schema">What the database looks like.</param>
    /// <param name="isWanted">Which tables.</param>
    /// <param name="isFirst">Whether a table has got no rows before.</param>
    /// <param name="cancellation">Ends it.</param>
    public IReadOnlyList<SeededTable> Fill(
        DatabaseSchema schema,
        Func<Table, bool> isWanted,
        Func<Table, bool> isFirst,
        CancellationToken cancellation
    )
    {
        var seeded = new List<SeededTable>();
        var open = new List<TableSeeder>();
        foreach (var table in SeedOrder.Of(schema, names).Where(isWanted))
        {
            cancellation.ThrowIfCancellationRequested();
            var seeder = new TableSeeder(writer, table, names);
            seeded.Add(seeder.Fill(rows ?? UsualRows, isFirst(table), cancellation));
            open.Add(seeder);
        }

        // Tables that refer to each other in a circle: the one that came first had no parents then.
        foreach (var seeder in open)
        {
            seeder.FillOpenKeys();
        }

        return seeded;
    }

    /// <summary>Gives values to columns that rows have got since they were written.</summary>
    /// <param name="before">The tables when the rows were written.</param>
    /// <param name="after">The tables as they are.</param>
    /// <param name="cancellation">Ends it.</param>
    public void FillAddedColumns(
        DatabaseSchema before,
        DatabaseSchema after,
        CancellationToken cancellation
    )
    {
        foreach (var table in SeedOrder.Of(after, names))
        {
            cancellation.ThrowIfCancellationRequested();
            var old = before.Tables.FirstOrDefault(t =>
                names.Equals(t.Name.ToString(), table.Name.ToString())
            );
            if (old is null)
            {
                continue;
            }

            var known = old.Columns.Select(column => column.Name).ToHashSet(names);
            new TableSeeder(writer, table, names).FillColumns(
                column => !known.Contains(column.Name),
                rows ?? UsualRows
            );
        }
    }
}
