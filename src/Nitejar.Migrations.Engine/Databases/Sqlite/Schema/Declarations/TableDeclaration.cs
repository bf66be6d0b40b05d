using Nitejar.Migrations.Engine.Schemas.Constraints;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Schema.Declarations;

/// <summary>What a CREATE TABLE statement says, in its own order and before anything follows from it.</summary>
internal sealed class TableDeclaration
{
    public List<ColumnDeclaration> Columns { get; } = [];

    /// <summary>The primary key among them.</summary>
    public List<KeyDeclaration> Keys { get; } = [];

    public List<(string? Name, string Expression)> Checks { get; } = [];

    /// <summary>Those whose parent's columns are omitted have an empty list of them.</summary>
    public List<ForeignKey> ForeignKeys { get; } = [];

    public bool IsAutoIncrement { get; set; }

    public bool IsStrict { get; set; }

    public bool IsWithoutRowId { get; set; }

    /// <summary>The primary key; <see langword="null"/> without one.</summary>
    public KeyDeclaration? PrimaryKey => Keys.Find(key => key.IsPrimary);
}
