using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Sqlite.Schema.Declarations;

namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>The columns of a declared table, by which its keys, indexes and expressions are read.</summary>
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

    /// <summary>Normalizes expressions over the columns.</summary>
    public SqliteNormalForm Normal { get; }

    /// <summary>The column that is an alias of the rowid; <see langword="null"/> if there is none.</summary>
    public ColumnDeclaration? RowIdAlias { get; }

    /// <summary>Returns the column of this name; <see langword="null"/> if there is none.</summary>
    public ColumnDeclaration? Find(string name) => _columns.GetValueOrDefault(name);

    /// <summary>Returns the column that a part of a key or an index names; <see langword="null"/> for an expression.</summary>
    public ColumnDeclaration? Of(PartDeclaration part) => part.Name is { } name ? Find(name) : null;

    /// <summary>Returns a part of a key or an index with its column and collation.</summary>
    public IndexPart Part(PartDeclaration part)
    {
        var column = Of(part);
        return new IndexPart(column?.Name, column is null ? Normal.Expression(part.Sql) : null)
        {
            IsDescending = part.IsDescending,
            Collation = CollationOf(part),
        };
    }

    /// <summary>Returns the collation of a part, its own or its column's; <see langword="null"/> for BINARY.</summary>
    public string? CollationOf(PartDeclaration part) =>
        UnlessUsual(part.Collation ?? Of(part)?.Collation);

    /// <summary>Returns the collation; <see langword="null"/> for BINARY.</summary>
    public static string? UnlessUsual(string? collation) =>
        SqliteNames.Comparer.Equals(collation, "BINARY") ? null : collation;

    /// <summary>
    /// True if the key is a single column whose type is the word INTEGER. DESC prevents that in a constraint of the column,
    /// but not in one of the table: SQLite keeps this for old files.
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
