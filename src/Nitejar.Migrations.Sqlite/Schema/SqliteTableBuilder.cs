using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Schema.Declarations;

namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>Turns a declared table into the model: derives what SQLite derives from the statement.</summary>
internal sealed class SqliteTableBuilder
{
    private readonly TableDeclaration _declared;
    private readonly SqliteColumns _columns;

    private SqliteTableBuilder(TableDeclaration declared)
    {
        _declared = declared;
        _columns = new SqliteColumns(declared);
    }

    /// <summary>Builds the table without its triggers. Parents' columns that a foreign key omits are still missing.</summary>
    /// <param name="table">Its name, and the statement that makes it.</param>
    /// <param name="kind">Ordinary or shadow.</param>
    /// <param name="indexes">Its indexes.</param>
    public static Table Build(SqliteObject table, TableKind kind, List<SqliteObject> indexes)
    {
        var declared = SqliteTableParser.Parse(table.Sql);
        var builder = new SqliteTableBuilder(declared);
        var traits = new TableTraits(kind)
        {
            HasRowId = !declared.IsWithoutRowId,
            IsAutoIncrement = declared.IsAutoIncrement,
            IsStrict = declared.IsStrict,
        };
        var name = new ObjectName(null, table.Name);
        var keys = new SqliteKeys(declared, builder._columns);
        var distinct = keys.Distinct();
        return new Table(name, traits, declared.Columns.ConvertAll(builder.Column), table.Sql)
        {
            PrimaryKey = distinct.Find(key => key.IsPrimary) is { } key
                ? keys.PrimaryKey(key)
                : null,
            ForeignKeys = declared.ForeignKeys.ConvertAll(builder.ForeignKey),
            Uniques = distinct.FindAll(key => !key.IsPrimary).ConvertAll(keys.Key),
            Checks = declared.Checks.ConvertAll(builder.Check),
            Indexes = indexes.ConvertAll(builder.Index),
        };
    }

    private Column Column(ColumnDeclaration column)
    {
        var type = SqliteTypes.TypeOf(column.Type, _declared.IsStrict);
        return new Column(column.Name, type, column.NotNull is null && !RefusesNull(column))
        {
            Default = column.Default is { } value ? SqliteNormalForm.Default(value) : null,
            Generated = column.Generated is { } sql
                ? new GeneratedValue(_columns.Normal.Expression(sql), column.IsStored)
                : null,
            IsIdentity = ReferenceEquals(column, _columns.RowIdAlias),
            Collation = SqliteColumns.UnlessUsual(column.Collation),
            OnNull = column.NotNull ?? default,
        };
    }

    /// <summary>True for columns of the primary key of a WITHOUT ROWID or STRICT table. In other tables SQLite lets them be NULL.</summary>
    private bool RefusesNull(ColumnDeclaration column) =>
        (_declared.IsWithoutRowId || _declared.IsStrict)
        && !ReferenceEquals(column, _columns.RowIdAlias)
        && _declared.PrimaryKey is { } key
        && key.Parts.Any(part => ReferenceEquals(_columns.Of(part), column));

    private Check Check((string? Name, string Expression) check) =>
        new(check.Name, _columns.Normal.Expression(check.Expression));

    /// <summary>Returns the key with its columns as the table spells them.</summary>
    private ForeignKey ForeignKey(ForeignKey key) =>
        key.Columns.Any(name => Spelling(name) != name)
            ? key with
            {
                Columns = [.. key.Columns.Select(Spelling)],
            }
            : key;

    private string Spelling(string column) => _columns.Find(column)?.Name ?? column;

    private Index Index(SqliteObject index)
    {
        var declared = IndexDeclaration.Parse(index.Sql);
        var parts = declared.Parts.ConvertAll(_columns.Part);
        return new Index(index.Name, parts, declared.IsUnique, index.Sql)
        {
            Where = declared.Where is { } where ? _columns.Normal.Expression(where) : null,
        };
    }
}
