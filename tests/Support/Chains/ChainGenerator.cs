namespace Nitejar.Tests.Chains;

/// <summary>
/// Makes chains that FluentMigrator's own runner can apply to a new database. What a migration refers to by number is
/// known, since the chain is reckoned while it is made.
/// </summary>
internal sealed class ChainGenerator
{
    private readonly Random _random;
    private readonly ChainKind _kind;
    private readonly ChainState _state;
    private readonly List<string> _freeNames = [];
    private int _names;

    private ChainGenerator(Random random, ChainKind kind)
    {
        (_random, _kind) = (random, kind);
        _state = new ChainState(kind);
    }

    private bool IsPostgres => _kind == ChainKind.Postgres;

    /// <summary>The chain of a seed, the same one whenever and wherever it is made.</summary>
    public static Chain Make(int seed, ChainKind kind = ChainKind.Sqlite)
    {
        var generator = new ChainGenerator(new Random(seed), kind);
        var count = generator._random.Next(2, 8);
        return new Chain(
            seed,
            [.. Enumerable.Range(1, count).Select(version => generator.Migration(version))]
        )
        {
            Kind = kind,
        };
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
            if (IsPostgres && OneIn(4))
            {
                Add(operations, new CreateType(NewName("type"), IsEnum: OneIn(2)));
            }

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
            Pick(Reversals.Of(operations, _kind)),
            operations
        )
        {
            Kind = _kind,
        };
    }

    private void Add(List<ChainOperation> operations, ChainOperation operation)
    {
        _state.Apply(operation);
        operations.Add(operation);
    }

    private ChainOperation? Operation() =>
        IsPostgres && _state.Tables.Count > 0 && OneIn(10)
            ? SomethingOfPostgres()
            : UsualOperation();

    private ChainOperation? UsualOperation() =>
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

    private ChainOperation SomethingOfPostgres()
    {
        var table = Pick(_state.Tables);
        return OneIn(2) && table.Key != TableKey.None
            ? new AddGenerated(table.Name, NewName("generated"), table.Label)
            : new Protect(table.Name, NewName("policy"));
    }

    private CreateTable SomeTable()
    {
        var columns = new List<ChainColumn> { new(NewName("label"), IsText: true) };
        if (OneIn(2))
        {
            columns.Add(AnyColumn());
        }

        var (key, rule) = IsPostgres
            ? ((TableKey)Math.Max(0, _random.Next(6) - 3), (ParentRule)_random.Next(4))
            : (TableKey.Id, ParentRule.Forbids);
        if (key == TableKey.None && rule == ParentRule.IsCleared)
        {
            // What was cleared comes back by the key of its row.
            rule = ParentRule.Cascades;
        }

        // Nothing can refer to what has no key of its own.
        var parents = _state.Tables.Where(table => table.Key == TableKey.Id).ToArray();
        if (parents.Length > 0 && OneIn(2))
        {
            columns.Add(
                new(NewName("parent"), IsText: false, Parent: Pick(parents).Name) { Rule = rule }
            );
        }

        var table = new CreateTable(NewTableName(), HasIdentity: _random.Next(3) > 0, columns);
        return IsPostgres ? table with { Counting = (Counting)_random.Next(3), Key = key } : table;
    }

    private InsertRows SomeRows()
    {
        var table = Pick(_state.Tables);
        var next = table.Next;
        var rows = new List<IReadOnlyDictionary<string, Cell>>();
        // One statement says how the identifiers of all of its rows come about.
        var areNamed = table.IsOverriding ? OneIn(5) : (bool?)null;
        for (var count = _random.Next(1, 4); count > 0; count--)
        {
            var row = Row(table, areNamed);
            if (row.ContainsKey("id"))
            {
                next += table.HasIdentity ? _random.Next(3) : 0;
                row["id"] = next++;
            }
            else if (!table.CountsApart)
            {
                next++;
            }

            rows.Add(row);
        }

        return new(table.Name, rows)
        {
            IsOverriding = table.IsOverriding && rows.Exists(named => named.ContainsKey("id")),
        };
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
        var row = Row(table, isNamed: table.IsOverriding ? false : null);
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
    /// <param name="table">Its table.</param>
    /// <param name="isNamed">Whether it names its identifier; <see langword="null"/> for now and then, and always where it has to.</param>
    private Dictionary<string, Cell> Row(TableState table, bool? isNamed = null)
    {
        var row = new Dictionary<string, Cell>();
        if (!table.HasIdentity || (isNamed ?? OneIn(5)))
        {
            row["id"] = table.Next;
        }

        row[table.Label] = NewName("seed");
        foreach (var column in table.Columns.Skip(1).Where(column => column.Parent is null))
        {
            if (OneIn(2))
            {
                row[column.Name] = Value(column);
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

    /// <summary>The values of a column that goes come back by the keys of their rows.</summary>
    private AddColumn? SomeColumn() =>
        Pick(_state.Tables) is { Key: not TableKey.None } table
            ? new(table.Name, AnyColumn())
            : null;

    private Cell Value(ChainColumn column) =>
        column.Type is { } type ? ChainTypes.Value(type, _random.Next(1, 100))
        : column.IsText ? NewName("text")
        : _random.Next(100);

    private ChainColumn AnyColumn()
    {
        if (IsPostgres && OneIn(2))
        {
            var type = Pick([.. ChainTypes.All, .. _state.Types, .. _state.Types, .. _state.Types]);
            return new(NewName("typed"), IsText: true, OneIn(3) ? ChainTypes.Value(type, 1) : null)
            {
                Type = type,
            };
        }

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
            {
                IsOverriding = table.IsOverriding,
            }
            : null;
    }

    private DropTable? SomeTableToDrop()
    {
        // An index would be gone with the table, and no Down could drop it any more.
        var table = Pick(_state.Tables);
        if (table.HasIndex || table.HasUniqueIndex || table.IsFixed || _state.IsReferredTo(table))
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
