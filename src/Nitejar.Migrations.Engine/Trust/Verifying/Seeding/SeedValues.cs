using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Trust.Verifying.Seeding;

/// <summary>Chooses values for the rows of a table, but for its references.</summary>
internal sealed class SeedValues
{
    /// <summary>
    /// The first number, where the database numbers rows. Migrations insert rows by small numbers into tables that are
    /// theirs; so small ones are left to them here and in other keys.
    /// </summary>
    public const long FirstNumber = 1_000_000;

    private const long LargestSmallNumber = 1000;

    /// <summary>The row whose number is given again: far above the others and past 32 bits.</summary>
    private const int NumberedRow = 3;

    private const long GivenNumber = 3_000_000_000;

    private readonly IScratchWriter _writer;
    private readonly IEqualityComparer<string> _names;
    private readonly Candidates[] _columns;

    /// <param name="writer">Knows the values of columns.</param>
    /// <param name="table">The table.</param>
    /// <param name="uniqueColumns">Columns of a primary key or a UNIQUE.</param>
    /// <param name="names">Which names are the same.</param>
    public SeedValues(
        IScratchWriter writer,
        Table table,
        IReadOnlyList<string> uniqueColumns,
        IEqualityComparer<string> names
    )
    {
        _writer = writer;
        _names = names;
        var key = (table.PrimaryKey?.Parts ?? [])
            .Select(part => part.Column)
            .OfType<string>()
            .ToArray();
        _columns =
        [
            .. table
                .Columns.Where(column => column.Generated is null)
                .Select(column => new Candidates(
                    column,
                    EdgesOf(
                        table,
                        column,
                        leavesSmallNumbers: uniqueColumns.Contains(column.Name, names)
                    ),
                    // SQLite takes NULL in most primary keys, but no application means it.
                    TakesNull: column.IsNullable && !key.Contains(column.Name, names),
                    IsChecked: writer.IsChecked(table, column)
                )),
        ];
    }

    /// <summary>
    /// The row of a number: 0 is ordinary, 1 has all defaults, the following ones reach each edge once, and those behind
    /// them are ordinary. So no value occurs twice, and a column may become unique.
    /// </summary>
    /// <param name="number">From 0.</param>
    /// <param name="reachesEdges">Whether the edges are still to be reached.</param>
    public SeedRow RowOf(long number, bool reachesEdges = true)
    {
        var row = new SeedRow(_names);
        for (var i = 0; i < _columns.Length; i++)
        {
            var (column, edges, takesNull, isChecked) = _columns[i];
            if (column.IsIdentity)
            {
                if (number is 0 or NumberedRow)
                {
                    row[column.Name] = number == 0 ? FirstNumber : GivenNumber;
                }

                continue;
            }

            if (number == 1 && (column.Default is not null || takesNull))
            {
                continue;
            }

            row[column.Name] =
                reachesEdges && number >= 2 && number - 2 < _columns[i].Choices
                    ? At(_columns[i], number - 2 + i)
                : isChecked ? edges[(int)(number % edges.Count)]
                : _writer.OrdinaryValue(column, number);
        }

        return row;
    }

    /// <summary>One of many combinations of the values of columns that a CHECK names; the others are ordinary.</summary>
    public SeedRow Combination(int attempt)
    {
        var row = new SeedRow(_names);
        for (var i = 0; i < _columns.Length; i++)
        {
            var (column, _, _, isChecked) = _columns[i];
            if (column.IsIdentity)
            {
                continue;
            }

            row[column.Name] = isChecked
                ? At(_columns[i], Mixed(attempt, i))
                : _writer.OrdinaryValue(column, 0);
        }

        return row;
    }

    /// <summary>Gives columns of a row values that no other row has.</summary>
    public void Renew(SeedRow row, IReadOnlyList<string> columns, long number)
    {
        foreach (var (column, edges, _, isChecked) in _columns)
        {
            if (!columns.Contains(column.Name, _names) || !row.ContainsKey(column.Name))
            {
                continue;
            }

            row[column.Name] =
                isChecked ? edges[(int)(number % edges.Count)]
                : column.IsIdentity ? GivenNumber + number
                : _writer.OrdinaryValue(column, number);
        }
    }

    private IReadOnlyList<object> EdgesOf(Table table, Column column, bool leavesSmallNumbers)
    {
        var edges = _writer.EdgesOf(table, column);
        return leavesSmallNumbers && !_writer.IsChecked(table, column)
            ?
            [
                .. edges.Where(edge =>
                    edge is not (long and <= LargestSmallNumber and >= -LargestSmallNumber)
                ),
            ]
            : edges;
    }

    /// <summary>The edges by turns, and after them NULL where that is allowed.</summary>
    private static object? At(Candidates candidates, long turn)
    {
        var choice = (int)(turn % candidates.Choices);
        return choice == candidates.Edges.Count ? null : candidates.Edges[choice];
    }

    /// <summary>The first attempt has the first value of each, and each of the following another mixture.</summary>
    private static int Mixed(int attempt, int column)
    {
        if (attempt == 0)
        {
            return 0;
        }

        var mixed = unchecked(((uint)attempt * 2654435761u) ^ ((uint)(column + 1) * 2246822519u));
        mixed = unchecked((mixed ^ (mixed >> 15)) * 2246822519u);
        return (int)((mixed ^ (mixed >> 13)) % int.MaxValue);
    }

    private sealed record Candidates(
        Column Column,
        IReadOnlyList<object> Edges,
        bool TakesNull,
        bool IsChecked
    )
    {
        /// <summary>How many values there are, NULL included.</summary>
        public int Choices => Edges.Count + (TakesNull ? 1 : 0);
    }
}
