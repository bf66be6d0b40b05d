namespace Nitejar.Tests.Chains;

/// <summary>
/// Makes chains that FluentMigrator's own runner can apply to a new database. What a migration refers to by number is
/// known, since the chain is reckoned while it is made.
/// </summary>
internal sealed class ChainGenerator
{
    private readonly Random _random;
    private readonly ChainState _state = new();
    private readonly List<string> _freeNames = [];
    private int _names;

    private ChainGenerator(Random random) => _random = random;

    /// <summary>The chain of a seed, the same one whenever and wherever it is made.</summary>
    public static Chain Make(int seed)
    {
        var generator = new ChainGenerator(new Random(seed));
        var count = generator._random.Next(2, 8);
        return new Chain(
            seed,
            [.. Enumerable.Range(1, count).Select(version => generator.Migration(version))]
        );
    }

    private ChainMigration Migration(int version)
    {
        var operations = new List<ChainOperation>();
        if (_state.Tables.Count > 0 && OneIn(8) && SomeTableToDrop() is { } drop)
        {
            // By itself: a table that one migration drops and makes again has to have its rows.
            Add(operations, drop);
        }
        else
        {
            var count = _random.Next(1, 5);
            while (operations.Count < count)
            {
                if (Operation() is { } operation)
                {
                    Add(operations, operation);
                }
            }
        }

        return new ChainMigration(
            version,
            $"Step{version}",
            Pick(Reversals.Of(operations)),
            operations
        );
    }

    private void Add(List<ChainOperation> operations, ChainOperation operation)
    {
        _state.Apply(operation);
        operations.Add(operation);
    }

    private ChainOperation? Operation() =>
        (_state.Tables.Count == 0 ? 0 : _random.Next(20)) switch
        {
            < 4 => SomeTable(),
            < 11 => SomeRows(),
            < 14 => SomeReferringRow(),
            14 => SomeColumn(),
            15 => SomeIndex(),
            16 => SomeTableName(),
            17 => SomeColumnName(),
            _ => SomeRowToDelete(),
        };

    private CreateTable SomeTable()
    {
        var columns = new List<ChainColumn> { new(NewName("label"), IsText: true) };
        if (OneIn(2))
        {
            columns.Add(AnyColumn());
        }

        if (_state.Tables.Count > 0 && OneIn(2))
        {
            columns.Add(new(NewName("parent"), IsText: false, Parent: Pick(_state.Tables).Name));
        }

        return new(NewTableName(), HasIdentity: _random.Next(3) > 0, columns);
    }

    private InsertRows SomeRows()
    {
        var table = Pick(_state.Tables);
        var next = table.Next;
        var rows = new List<IReadOnlyDictionary<string, Cell>>();
        for (var count = _random.Next(1, 4); count > 0; count--)
        {
            var row = Row(table);
            if (row.ContainsKey("id"))
            {
                next += table.HasIdentity ? _random.Next(3) : 0;
                row["id"] = next++;
            }
            else
            {
                next++;
            }

            rows.Add(row);
        }

        return new(table.Name, rows);
    }

    private InsertReferring? SomeReferringRow()
    {
        var tables = _state.Tables.Where(table => ParentsOf(table).Length > 0).ToArray();
        if (tables.Length == 0)
        {
            return null;
        }

        var table = Pick(tables);
        var column = Pick(ParentsOf(table));
        var parent = _state[column.Parent!];
        var row = Row(table);
        row.Remove(column.Name);
        var text = Pick(parent.Rows)[parent.Label].Text!;
        return new(
            table.Name,
            row,
            new Lookup(column.Name, parent.Name, parent.Label, text),
            IsStatement: OneIn(2)
        );
    }

    /// <summary>A new row; what it does not name is filled in by the database.</summary>
    private Dictionary<string, Cell> Row(TableState table)
    {
        var row = new Dictionary<string, Cell>();
        if (!table.HasIdentity || OneIn(5))
        {
            row["id"] = table.Next;
        }

        row[table.Label] = NewName("seed");
        foreach (var column in table.Columns.Skip(1).Where(column => column.Parent is null))
        {
            if (OneIn(2))
            {
                row[column.Name] = column.IsText ? NewName("text") : _random.Next(100);
            }
        }

        foreach (var column in ParentsOf(table))
        {
            row[column.Name] = Pick(_state[column.Parent!].Rows)["id"];
        }

        return row;
    }

    /// <summary>Columns that can refer to a row.</summary>
    private ChainColumn[] ParentsOf(TableState table) =>
        [
            .. table.Columns.Where(column =>
                column.Parent is { } parent && _state[parent].Rows.Count > 0
            ),
        ];

    private AddColumn SomeColumn() => new(Pick(_state.Tables).Name, AnyColumn());

    private ChainColumn AnyColumn()
    {
        var isText = OneIn(2);
        Cell? value = isText ? "default" : 7;
        return new(NewName("extra"), isText, OneIn(2) ? value : null);
    }

    private CreateIndex? SomeIndex()
    {
        var table = Pick(_state.Tables);
        return table.HasIndex || table.HasUniqueIndex
            ? null
            : new(NewName("index"), table.Name, table.Label, IsUnique: OneIn(2));
    }

    private RenameTable SomeTableName() => new(Pick(_state.Tables).Name, NewTableName());

    private RenameColumn SomeColumnName()
    {
        var table = Pick(_state.Tables);
        return new(table.Name, Pick(table.Columns).Name, NewName("renamed"));
    }

    private DeleteRow? SomeRowToDelete()
    {
        var table = Pick(_state.Tables);
        var rows = table.Rows.Where(row => !_state.IsReferredTo(table, row["id"].Number!.Value));
        return rows.Any()
            ? new(table.Name, new Dictionary<string, Cell>(Pick(rows.ToArray())))
            : null;
    }

    private DropTable? SomeTableToDrop()
    {
        // An index would be gone with the table, and no Down could drop it any more.
        var table = Pick(_state.Tables);
        if (table.HasIndex || table.HasUniqueIndex || _state.IsReferredTo(table))
        {
            return null;
        }

        _freeNames.Add(table.Name);
        return new(table.ToOperation());
    }

    private string NewTableName()
    {
        if (_freeNames.Count > 0 && OneIn(2))
        {
            var free = Pick(_freeNames);
            _freeNames.Remove(free);
            return free;
        }

        return NewName("table");
    }

    private string NewName(string kind) => $"{kind}_{++_names}";

    private bool OneIn(int count) => _random.Next(count) == 0;

    private T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}
