using System.Linq.Expressions;
using LinqToDB.Mapping;

namespace Nitejar.Database.Mapping;

/// <summary>
/// Refuses numbers that a column does not hold, before anything is sent. A key and the columns that refer to it share
/// one: linq2db joins columns only where their conversions are the same.
/// </summary>
internal sealed class NumberConversion
{
    private readonly IntegerRange _range;
    private readonly Expression<Func<long, long>> _write;
    private readonly Expression<Func<long?, long?>> _writeOptional;

    /// <param name="range">What the column holds.</param>
    /// <param name="column">As <c>table.column</c>.</param>
    public NumberConversion(IntegerRange range, string column)
    {
        _range = range;
        _write = number => range.Require(number, column);
        _writeOptional = number => number == null ? null : range.Require(number.Value, column);
    }

    public PropertyMappingBuilder<TRow, long> AddTo<TRow>(
        PropertyMappingBuilder<TRow, long> property
    ) => property.HasDataType(_range.Type).HasConversion(_write, number => number);

    public void AddTo<TRow>(PropertyMappingBuilder<TRow, long?> property) =>
        property.HasDataType(_range.Type).HasConversion(_writeOptional, number => number);
}
