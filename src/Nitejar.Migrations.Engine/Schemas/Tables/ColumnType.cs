namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>The type of a column.</summary>
/// <param name="Declared">As declared; empty for a column without a type.</param>
/// <param name="Family">How the database treats it, whatever it is called.</param>
public sealed record ColumnType(string Declared, TypeFamily Family)
{
    /// <summary>How many bytes an integer of it has; <see langword="null"/> for other types, and where any integer fits into any.</summary>
    public int? Bytes { get; init; }

    /// <summary>How many characters a text of it may have; <see langword="null"/> for any number, and for other types.</summary>
    public int? Length { get; init; }

    /// <summary>Whether the database treats both alike, whatever they are called.</summary>
    public bool IsLike(ColumnType other) =>
        Family == other.Family
        && (
            Family != TypeFamily.Other
            || Declared.Equals(other.Declared, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>As declared.</summary>
    public override string ToString() => Declared;
}
