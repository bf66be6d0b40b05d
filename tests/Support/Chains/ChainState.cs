namespace Nitejar.Tests.Chains;

/// <summary>What a chain leaves in a new database, reckoned without one.</summary>
internal sealed class ChainState
{
    private readonly bool _namesApart;
    private int _created;

    /// <summary>Reckons a new database.</summary>
    /// <param name="kind">Of this kind.</param>
    public ChainState(ChainKind kind = ChainKind.Sqlite) =>
        _namesApart = kind == ChainKind.Postgres;

    /// <summary>The tables, oldest first.</summary>
    public List<TableState> Tables { get; } = [];

    /// <summary>The types, oldest first.</summary>
    public List<string> Types { get; } = [];

    /// <summary>What all of the chain leaves.</summary>
    public static ChainState After(Chain chain)
    {
        var state = new ChainState(chain.Kind);
        foreach (var operation in chain.Migrations.SelectMany(migration => migration.Operations))
        {
            state.Apply(operation);
        }

        return state;
    }

    /// <summary>The table of that name.</summary>
    public TableState this[string name] => Tables.Single(table => table.Name == name);

    /// <summary>Whether another table refers to this one.</summary>
    public bool IsReferredTo(TableState table) =>
        Tables.Exists(other => other.Columns.Exists(column => column.Parent == table.Name));

    /// <summary>Whether a row refers to this one.</summary>
    public bool IsReferredTo(TableState table, long id) =>
        Tables.Exists(other =>
            other.Columns.Exists(column =>
                column.Parent == table.Name
                && other.Rows.Exists(row => row[column.Name].Number == id)
            )
        );

    /// <summary>Goes on with one operation.</summary>
    public void Apply(ChainOperation operation)
    {
        switch (operation)
        {
            case CreateTable create:
                Tables.Add(new TableState(_created++, create, _namesApart));
                break;
            case DropTable drop:
                Tables.Remove(this[drop.Table.Table]);
                break;
            case RenameTable rename:
                foreach (var table in Tables)
                {
                    table.ParentRenamed(rename);
                }

                this[rename.From].Name = rename.To;
                break;
            case AddColumn add:
                this[add.Table].Add(add.Column);
                break;
            case RenameColumn rename:
                this[rename.Table].Rename(rename);
                break;
            case CreateIndex { IsUnique: true } index:
                this[index.Table].HasUniqueIndex = true;
                break;
            case CreateIndex index:
                this[index.Table].HasIndex = true;
                break;
            case InsertRows insert:
                foreach (var row in insert.Rows)
                {
                    this[insert.Table].Insert(row);
                }

                break;
            case InsertReferring insert:
                var reference = insert.Reference;
                var parent = this[reference.Parent]
                    .Rows.Single(row => row[reference.ParentColumn].Text == reference.Text);
                this[insert.Table]
                    .Insert(
                        new Dictionary<string, Cell>(insert.Row)
                        {
                            [reference.Column] = parent["id"],
                        }
                    );
                break;
            case DeleteRow delete:
                this[delete.Table].Rows.RemoveAll(row => row["id"] == delete.Row["id"]);
                break;
            case CreateType type:
                Types.Add(type.Name);
                break;
            case AddGenerated generated:
                this[generated.Table].IsFixed = true;
                break;
            case Protect protect:
                this[protect.Table].IsFixed = true;
                break;
            default:
                throw new InvalidOperationException($"Nobody knows what {operation} leaves.");
        }
    }
}

/// <summary>A table, reckoned.</summary>
/// <param name="origin">The how manyth of the chain: what stays the same when it is renamed.</param>
/// <param name="made">How it was made.</param>
/// <param name="namesApart">Whether identifiers that rows name do not change those that the database gives next.</param>
internal sealed class TableState(int origin, CreateTable made, bool namesApart)
{
    /// <summary>Above all that the database gives.</summary>
    private const long FirstNamed = 101;

    private long _last;
    private long _lastNamed = FirstNamed - 1;

    public int Origin => origin;

    public string Name { get; set; } = made.Table;

    public bool HasIdentity => made.HasIdentity;

    public Counting Counting => made.Counting;

    public TableKey Key => made.Key;

    /// <summary>Whether the database refuses rows that name their identifiers as others do.</summary>
    public bool IsOverriding => namesApart && HasIdentity && Counting == Counting.Usual;

    /// <summary>Whether it has more to it than <see cref="ToOperation"/> says.</summary>
    public bool IsFixed { get; set; }

    /// <summary>All but <c>id</c>. A column keeps its place when it is renamed; the first one is a text, another one for each row.</summary>
    public List<ChainColumn> Columns { get; } = [.. made.Columns];

    /// <summary>The text by which rows are told apart.</summary>
    public string Label => Columns[0].Name;

    public bool HasIndex { get; set; }

    /// <summary>Whether no two rows may have the same <see cref="Label"/>.</summary>
    public bool HasUniqueIndex { get; set; }

    /// <summary>Values of every column.</summary>
    public List<Dictionary<string, Cell>> Rows { get; } = [];

    /// <summary>The next <c>id</c> that a row may name.</summary>
    public long Next => CountsApart ? _lastNamed + 1 : _last + 1;

    /// <summary>Whether the database goes on counting below the identifiers that rows name.</summary>
    public bool CountsApart => namesApart && HasIdentity;

    /// <summary>The table as it is, without its rows.</summary>
    public CreateTable ToOperation() => made with { Table = Name, Columns = [.. Columns] };

    public void Insert(IReadOnlyDictionary<string, Cell> row)
    {
        var all = Columns.ToDictionary(
            column => column.Name,
            column => row.GetValueOrDefault(column.Name) ?? column.Default ?? Cell.Null
        );
        all["id"] = row.GetValueOrDefault("id") ?? _last + 1;
        var number = all["id"].Number!.Value;
        if (CountsApart && row.ContainsKey("id"))
        {
            _lastNamed = Math.Max(_lastNamed, number);
        }
        else
        {
            _last = Math.Max(_last, number);
        }

        Rows.Add(all);
    }

    public void Add(ChainColumn column)
    {
        Columns.Add(column);
        Rows.ForEach(row => row[column.Name] = column.Default ?? Cell.Null);
    }

    public void Rename(RenameColumn rename)
    {
        var place = Columns.FindIndex(column => column.Name == rename.From);
        Columns[place] = Columns[place] with { Name = rename.To };
        Rows.ForEach(row =>
        {
            row.Remove(rename.From, out var value);
            row[rename.To] = value!;
        });
    }

    public void ParentRenamed(RenameTable rename)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Parent == rename.From)
            {
                Columns[i] = Columns[i] with { Parent = rename.To };
            }
        }
    }
}
