using Nitejar.Migrations.Engine.Schemas.Constraints;

namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>What a CREATE TABLE statement says of a column.</summary>
internal sealed class ColumnDeclaration(string name, string type)
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    /// <summary>The conflict rule of NOT NULL; <see langword="null"/> if the column is nullable.</summary>
    public ConflictRule? NotNull { get; set; }

    public string? Default { get; set; }

    public string? Generated { get; set; }

    public bool IsStored { get; set; }

    public string? Collation { get; set; }
}
