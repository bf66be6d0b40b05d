using Nitejar.Migrations.Engine.Schemas.Constraints;

namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>Reads the columns of a CREATE TABLE statement with their constraints.</summary>
internal sealed class SqliteColumnParser(SqliteCursor cursor, TableDeclaration table)
{
    /// <summary>The words that end a type: reserved words, which no type can contain.</summary>
    private static readonly string[] Constraints =
    [
        "CONSTRAINT",
        "PRIMARY",
        "NOT",
        "NULL",
        "UNIQUE",
        "CHECK",
        "DEFAULT",
        "COLLATE",
        "REFERENCES",
        "DEFERRABLE",
        "AS",
    ];

    /// <summary>Reads the column that comes next.</summary>
    public void TakeColumn()
    {
        var name = cursor.TakeName();
        var column = new ColumnDeclaration(name, TakeType());
        table.Columns.Add(column);
        string? constraint = null;
        while (!cursor.AtEnd && !cursor.Is(",") && !cursor.Is(")"))
        {
            if (cursor.Skip("CONSTRAINT"))
            {
                constraint = cursor.TakeName();
            }
            else
            {
                TakeConstraint(column, constraint);
                constraint = null;
            }
        }
    }

    private string TakeType()
    {
        var from = cursor.Start;
        while (!cursor.AtEnd && !cursor.Is(",") && !cursor.Is(")") && !EndsType())
        {
            if (cursor.Is("("))
            {
                // A type ends with its numbers; what follows is a constraint.
                cursor.PassGroup();
                break;
            }

            cursor.Pass();
        }

        return cursor.Start == from ? "" : SqliteTypes.Of(cursor.TextFrom(from));
    }

    private bool EndsType()
    {
        foreach (var word in Constraints)
        {
            if (cursor.Is(word))
            {
                return true;
            }
        }

        return false;
    }

    private void TakeConstraint(ColumnDeclaration column, string? name)
    {
        if (cursor.Is("PRIMARY") || cursor.Is("UNIQUE"))
        {
            TakeKey(column, name);
        }
        else if (cursor.Skip("CHECK"))
        {
            table.Checks.Add((name, cursor.TakeGroup()));
        }
        else if (cursor.Skip("DEFAULT"))
        {
            column.Default = TakeDefault();
        }
        else if (cursor.Skip("COLLATE"))
        {
            column.Collation = cursor.TakeName();
        }
        else if (cursor.Skip("REFERENCES"))
        {
            table.ForeignKeys.Add(SqliteClauses.TakeReference(cursor, name, [column.Name]));
        }
        else if (cursor.Skip("AS"))
        {
            column.Generated = cursor.TakeGroup();
            column.IsStored = cursor.Is("STORED");
        }
        else
        {
            TakeNull(column);
        }
    }

    private void TakeNull(ColumnDeclaration column)
    {
        if (cursor.Is("DEFERRABLE"))
        {
            Defer(isNot: false);
        }
        else if (!cursor.Skip("NOT"))
        {
            // NULL has no effect; STORED and VIRTUAL belong to the generated column.
            cursor.Pass();
            _ = SqliteClauses.TakeConflict(cursor);
        }
        else if (cursor.Is("DEFERRABLE"))
        {
            Defer(isNot: true);
        }
        else
        {
            cursor.Skip("NULL");
            column.NotNull = SqliteClauses.TakeConflict(cursor) ?? default;
        }
    }

    /// <summary>Applies DEFERRABLE to the foreign key before it.</summary>
    private void Defer(bool isNot)
    {
        if (table.ForeignKeys.Count > 0)
        {
            var key = SqliteClauses.TakeDeferral(cursor, table.ForeignKeys[^1]);
            table.ForeignKeys[^1] = isNot ? key with { Deferral = default } : key;
        }
        else
        {
            cursor.Pass();
        }
    }

    private void TakeKey(ColumnDeclaration column, string? name)
    {
        var isPrimary = cursor.Skip("PRIMARY") && cursor.Skip("KEY");
        if (!isPrimary)
        {
            cursor.Skip("UNIQUE");
        }

        var isDescending = isPrimary && cursor.Skip("DESC");
        _ = isPrimary && cursor.Skip("ASC");
        var onConflict = SqliteClauses.TakeConflict(cursor);
        table.IsAutoIncrement |= isPrimary && cursor.Skip("AUTOINCREMENT");
        table.Keys.Add(
            new KeyDeclaration(
                name,
                isPrimary,
                [new PartDeclaration(column.Name, column.Name, Collation: null, isDescending)]
            )
            {
                IsOfColumn = true,
                OnConflict = onConflict,
            }
        );
    }

    private string TakeDefault()
    {
        if (cursor.Is("("))
        {
            return cursor.TakeGroup();
        }

        var from = cursor.Start;
        _ = cursor.Skip("+") || cursor.Skip("-");
        cursor.Pass();
        return cursor.TextFrom(from).ToString();
    }
}
