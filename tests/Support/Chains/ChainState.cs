namespace Nitejar.Tests.Chains;

/// <summary>What a chain leaves in a new database, reckoned without one.</summary>
internal sealed class ChainState
{
    private int _created;

    /// <summary>The tables, oldest first.</summary>
    public List<TableState> Tables { get; } = [];

    /// <summary>What all of the chain leaves.</summary>
    public static ChainState After(Chain chain)
    {
        var state = new ChainState();
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
                Tables.Add(new TableState(_created++, create));
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
            default:
                throw new InvalidOperationException($"Nobody knows what {operation} leaves.");
        }
    }
}

/// <summary>A table, reckoned.</summary>
/// <param name="origin">The how manyth of the chain: what stays the same when it is renamed.</param>
/// <param name="made">How it was made.</param>
internal sealed class TableState(int origin, CreateTable made)
{
    private long _last;

    public int Origin => origin;

    public string Name { get; set; } = made.Table;

    public bool HasIdentity => made.HasIdentity;

    /// <summary>All but <c>id</c>. A column keeps its place when it is renamed; the first one is a text, another one for each row.</summary>
    public List<ChainColumn> Columns { get; } = [.. made.Columns];

    /// <summary>The text by which rows are told apart.</summary>
    public string Label => Columns[0].Name;

    public bool HasIndex { get; set; }

    /// <summary>Whether no two rows may have the same <see cref="Label"/>.</summary>
    public bool HasUniqueIndex { get; set; }

    /// <summary>Values of every column.</summary>
    public List<Dictionary<string, Cell>> Rows { get; } = [];

    /// <summary>The next <c>id</c>.</summary>
    public long Next => _last + 1;

    /// <summary>The table as it is, without its rows.</summary>
    public CreateTable ToOperation() => new(Name, HasIdentity, [.. Columns]);

    public void Insert(IReadOnlyDictionary<string, Cell> row)
    {
        var all = Columns.ToDictionary(
            column => column.Name,
            column => row.GetValueOrDefault(column.Name) ?? column.Default ?? Cell.Null
        );
        all["id"] = row.GetValueOrDefault("id") ?? Next;
        _last = Math.Max(_last, all["id"].Number!.Value);
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
