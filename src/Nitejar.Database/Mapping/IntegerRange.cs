using LinqToDB;

namespace Nitejar.Database.Mapping;

/// <summary>The whole numbers that the schema's columns hold on one kind of database.</summary>
/// <param name="Type">The columns' type.</param>
/// <param name="Least">The smallest number.</param>
/// <param name="Most">The largest number.</param>
internal sealed record IntegerRange(DataType Type, long Least, long Most)
{
    /// <summary>SQLite's INTEGER.</summary>
    public static readonly IntegerRange Of64Bits = new(
        DataType.Int64,
        long.MinValue,
        long.MaxValue
    );

    /// <summary>PostgreSQL's integer.</summary>
    public static readonly IntegerRange Of32Bits = new(DataType.Int32, int.MinValue, int.MaxValue);

    public bool Holds(long number) => number >= Least && number <= Most;

    /// <summary>
    /// Returns the number. Neither the server nor Npgsql, which also closes the connection, says which column one that
    /// does not fit was meant for.
    /// </summary>
    /// <exception cref="OverflowException">The column does not hold it. The message names the column.</exception>
    public long Require(long number, string column) =>
        Holds(number)
            ? number
            : throw new OverflowException(
                $"{number} does not fit into {column}, which holds whole numbers from {Least} to {Most} on this kind of database."
            );
}
