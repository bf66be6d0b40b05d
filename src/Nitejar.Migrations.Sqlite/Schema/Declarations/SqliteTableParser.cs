namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>
/// Parses a CREATE TABLE statement by the grammar of SQLite's <c>parse.y</c>. SQLite has accepted it, so nothing is
/// validated.
/// </summary>
internal sealed class SqliteTableParser
{
    private readonly SqliteCursor _cursor;
    private readonly TableDeclaration _table = new();

    private SqliteTableParser(string sql) => _cursor = new SqliteCursor(sql);

    public static TableDeclaration Parse(string sql)
    {
        var parser = new SqliteTableParser(sql);
        parser.Parse();
        return parser._table;
    }

    private void Parse()
    {
        while (!_cursor.AtEnd && !_cursor.Is("("))
        {
            _cursor.Pass();
        }

        var columns = new SqliteColumnParser(_cursor, _table);
        _cursor.Skip("(");
        while (!_cursor.AtEnd && !_cursor.Skip(")"))
        {
            if (!TakeConstraint())
            {
                columns.TakeColumn();
            }

            // SQLite does not require a comma between constraints.
            _cursor.Skip(",");
        }

        while (!_cursor.AtEnd)
        {
            _table.IsWithoutRowId |= _cursor.Is("ROWID");
            _table.IsStrict |= _cursor.Is("STRICT");
            _cursor.Pass();
        }
    }

    private bool TakeConstraint()
    {
        var name = _cursor.Skip("CONSTRAINT") ? _cursor.TakeName() : null;
        if (_cursor.Is("PRIMARY") || _cursor.Is("UNIQUE"))
        {
            TakeKey(name);
        }
        else if (_cursor.Skip("CHECK"))
        {
            _table.Checks.Add((name, _cursor.TakeGroup()));
            _ = SqliteClauses.TakeConflict(_cursor);
        }
        else if (_cursor.Skip("FOREIGN"))
        {
            TakeForeignKey(name);
        }
        else
        {
            return name is not null;
        }

        return true;
    }

    private void TakeKey(string? name)
    {
        var isPrimary = _cursor.Skip("PRIMARY") && _cursor.Skip("KEY");
        if (!isPrimary)
        {
            _cursor.Skip("UNIQUE");
        }

        var from = _cursor.Start;
        var parts = SqlitePartParser.TakeList(_cursor);
        _table.IsAutoIncrement |=
            isPrimary && EndsInAutoIncrement(_cursor.TextFrom(from).ToString());
        _table.Keys.Add(
            new KeyDeclaration(name, isPrimary, parts)
            {
                OnConflict = SqliteClauses.TakeConflict(_cursor),
            }
        );
    }

    /// <summary>Finds AUTOINCREMENT, which a constraint of the table has inside its parentheses.</summary>
    private static bool EndsInAutoIncrement(string group)
    {
        var cursor = new SqliteCursor(group);
        var found = false;
        while (!cursor.AtEnd)
        {
            found |= cursor.Is("AUTOINCREMENT");
            cursor.Pass();
        }

        return found;
    }

    private void TakeForeignKey(string? name)
    {
        _cursor.Skip("KEY");
        var columns = SqlitePartParser.TakeNames(_cursor);
        _cursor.Skip("REFERENCES");
        var key = SqliteClauses.TakeReference(_cursor, name, columns);
        _table.ForeignKeys.Add(SqliteClauses.TakeDeferral(_cursor, key));
    }
}
