using Nitejar.Migrations.Engine.Databases.Sqlite.Schema.Declarations;
using Nitejar.Migrations.Engine.Schemas.Constraints;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

/// <summary>The columns of a declared table, and what its keys, indexes and expressions mean by their names.</summary>
internal sealed class SqliteColumns
{
    private readonly TableDeclaration _table;
    private readonly Dictionary<string, ColumnDeclaration> _columns;

    public SqliteColumns(TableDeclaration table)
    {
        _table = table;
        _columns = new(table.Columns.Count, SqliteNames.Comparer);
        foreach (var column in table.Columns)
        {
            _columns.TryAdd(column.Name, column);
        }

        Normal = new SqliteNormalForm(name =>
            _columns.ContainsKey(name) ? SqliteNames.Fold(name) : null
        );
        RowIdAlias = FindRowIdAlias();
    }

    /// <summary>How expressions over the columns are compared.</summary>
    public SqliteNormalForm Normal { get; }

    /// <summary>The column that is another name of the rowid; <see langword="null"/> without one.</summary>
    public ColumnDeclaration? RowIdAlias { get; }

    /// <summary>The column of this name; <see langword="null"/> where there is none.</summary>
    public ColumnDeclaration? Find(string name) => _columns.GetValueOrDefault(name);

    /// <summary>The column that a part of a key or an index names; <see langword="null"/> for an expression.</summary>
    public ColumnDeclaration? Of(PartDeclaration part) => part.Name is { } name ? Find(name) : null;

    /// <summary>What a part of a key or an index is.</summary>
    public IndexPart Part(PartDeclaration part)
    {
        var column = Of(part);
        return new IndexPart(column?.Name, column is null ? Normal.Expression(part.Sql) : null)
        {
            IsDescending = part.IsDescending,
            Collation = CollationOf(part),
        };
    }

    /// <summary>The collation of a part, its own or its column's; <see langword="null"/> for the usual one.</summary>
    public string? CollationOf(PartDeclaration part) =>
        UnlessUsual(part.Collation ?? Of(part)?.Collation);

    /// <summary>The collation; <see langword="null"/> for the usual one.</summary>
    public static string? UnlessUsual(string? collation) =>
        SqliteNames.Comparer.Equals(collation, "BINARY") ? null : collation;

    /// <summary>
    /// Whether the key is one column of type INTEGER, in no other word. DESC makes an ordinary key of it where it stands
    /// with the column, and does not behind all columns: a quirk that SQLite keeps.
    /// </summary>
    public bool IsOfRowIds(KeyDeclaration key) =>
        key.Parts is [var part]
        && Of(part) is { Type: "INTEGER" }
        && !(key.IsOfColumn && part.IsDescending);

    private ColumnDeclaration? FindRowIdAlias() =>
        !_table.IsWithoutRowId && _table.PrimaryKey is { } key && IsOfRowIds(key)
            ? Of(key.Parts[0])
            : null;
}
