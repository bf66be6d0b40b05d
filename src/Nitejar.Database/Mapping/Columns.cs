using System.Linq.Expressions;
using LinqToDB;
using LinqToDB.Mapping;

namespace Nitejar.Database.Mapping;

/// <summary>The kinds of columns that the schema has.</summary>
internal static class Columns
{
    public static PropertyMappingBuilder<TRow, string> Text<TRow>(
        this EntityMappingBuilder<TRow> row,
        Expression<Func<TRow, string>> property,
        string name
    ) => row.Property(property).HasColumnName(name).HasDataType(DataType.Text).IsNotNull();

    public static void OptionalText<TRow>(
        this EntityMappingBuilder<TRow> row,
        Expression<Func<TRow, string?>> property,
        string name
    ) => row.Property(property).HasColumnName(name).HasDataType(DataType.Text).IsNullable();

    public static PropertyMappingBuilder<TRow, long> Number<TRow>(
        this EntityMappingBuilder<TRow> row,
        Expression<Func<TRow, long>> property,
        string name,
        NumberConversion conversion
    ) => conversion.AddTo(row.Property(property).HasColumnName(name).IsNotNull());

    public static void OptionalNumber<TRow>(
        this EntityMappingBuilder<TRow> row,
        Expression<Func<TRow, long?>> property,
        string name,
        NumberConversion conversion
    ) => conversion.AddTo(row.Property(property).HasColumnName(name).IsNullable());

    /// <summary>A key that the database gives.</summary>
    public static void Surrogate<TRow>(
        this EntityMappingBuilder<TRow> row,
        Expression<Func<TRow, long>> property,
        string name,
        NumberConversion conversion
    ) => row.Number(property, name, conversion).IsPrimaryKey().IsIdentity();

    /// <summary>A 32-bit integer that is 0 or 1.</summary>
    public static void Flag<TRow>(
        this EntityMappingBuilder<TRow> row,
        Expression<Func<TRow, bool>> property,
        string name
    ) =>
        row.Property(property)
            .HasColumnName(name)
            .HasDataType(DataType.Int32)
            .IsNotNull()
            .HasConversion(flag => flag ? 1 : 0, number => number != 0);

    /// <summary>Seconds since the Unix epoch, which the database fills where a row does not say.</summary>
    public static void Epoch<TRow>(
        this EntityMappingBuilder<TRow> row,
        Expression<Func<TRow, DateTimeOffset>> property,
        string name,
        EpochSeconds seconds
    ) =>
        row.Property(property)
            .HasColumnName(name)
            .HasDataType(seconds.Range.Type)
            .IsNotNull()
            .HasConversion(seconds.Write, number => EpochSeconds.Read(number))
            .HasAttribute(new SkipValuesOnInsertAttribute(default(DateTimeOffset)))
            .HasAttribute(new SkipValuesOnUpdateAttribute(default(DateTimeOffset)));
}
