using Nitejar.Migrations.Engine.Schemas.Constraints;

namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>What a CREATE TABLE statement says, in its order, before anything is derived from it.</summary>
internal sealed class TableDeclaration
{
    public List<ColumnDeclaration> Columns { get; } = [];

    /// <summary>UNIQUE constraints and the primary key.</summary>
    public List<KeyDeclaration> Keys { get; } = [];

    public List<(string? Name, string Expression)> Checks { get; } = [];

    /// <summary>Foreign keys. One that omits the parent's columns has an empty list of them.</summary>
    public List<ForeignKey> ForeignKeys { get; } = [];

    public bool IsAutoIncrement { get; set; }

    public bool IsStrict { get; set; }

    public bool IsWithoutRowId { get; set; }

    /// <summary>The primary key; <see langword="null"/> if there is none.</summary>
    public KeyDeclaration? PrimaryKey => Keys.Find(key => key.IsPrimary);
}
