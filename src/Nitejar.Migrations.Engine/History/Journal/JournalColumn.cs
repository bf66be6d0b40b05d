using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.History.Journal;

/// <summary>What a column of the migrator's own tables holds.</summary>
internal enum ValueKind
{
    /// <summary>Texts.</summary>
    Text,

    /// <summary>Integers of 64 bits.</summary>
    Integer,

    /// <summary>Floating point of 64 bits.</summary>
    Real,
}

/// <summary>A column of the journal.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Constraint">What follows its type; <see langword="null"/> for nothing.</param>
internal sealed record JournalColumn(string Name, ValueKind Kind, string? Constraint = null)
{
    /// <summary>The column for CREATE TABLE or ADD COLUMN.</summary>
    public string Declare(HistoryTypes types)
    {
        var type = Kind switch
        {
            ValueKind.Text => "TEXT",
            ValueKind.Integer => types.Integer,
            ValueKind.Real => types.Real,
            _ => throw new ArgumentOutOfRangeException(nameof(types)),
        };
        return Constraint is null ? $"\"{Name}\" {type}" : $"\"{Name}\" {type} {Constraint}";
    }
}
