namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>The type of a column.</summary>
/// <param name="Declared">As declared; empty for a column without a type.</param>
/// <param name="Family">How the database treats it, whatever it is called.</param>
public sealed record ColumnType(string Declared, TypeFamily Family)
{
    /// <summary>As declared.</summary>
    public override string ToString() => Declared;
}
