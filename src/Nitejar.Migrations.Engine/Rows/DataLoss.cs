using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>Rows or values that a run removes.</summary>
/// <param name="Table">From which table.</param>
/// <param name="Column">Only this column's values; <see langword="null"/> for whole rows.</param>
/// <param name="Rows">How many; of a column that is dropped, the values that are not NULL.</param>
/// <param name="Archived">How many of them the archive keeps.</param>
public sealed record DataLoss(string Table, string? Column, long Rows, long Archived = 0)
{
    /// <summary>Whether other values take the place of these, rather than nothing.</summary>
    public bool IsChange { get; init; }

    /// <summary><c>table (12 rows)</c>, <c>table.column (12 values, kept in the archive)</c> or <c>table.column (12 values changed)</c>.</summary>
    public override string ToString()
    {
        var name = Column is null ? Table : $"{Table}.{Column}";
        var count = Count.Of(Rows, Column is null ? "row" : "value") + (IsChange ? " changed" : "");
        return Archived switch
        {
            0 => $"{name} ({count})",
            _ when Archived < Rows => $"{name} ({count}, {Archived} of them kept in the archive)",
            _ => $"{name} ({count}, kept in the archive)",
        };
    }
}
