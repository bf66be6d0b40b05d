using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Trust.Verifying.Seeding;

/// <summary>Chooses the rows to which the rows of a table refer.</summary>
internal sealed class ParentKeys
{
    /// <summary>Of how many parents one is chosen.</summary>
    private const int Choice = 200;

    /// <summary>So many rows of a table that refers to itself form a chain; those behind them refer to one of it.</summary>
    private const int Chain = 18;

    /// <summary>Every so many references is NULL where that is allowed.</summary>
    private const int NullEvery = 7;

    /// <summary>The first rows have each pair of two parents, the others one after the other.</summary>
    private const int Pairs = 4;

    private readonly IScratchWriter _writer;
    private readonly Table _table;
    private readonly IEqualityComparer<string> _names;
    private readonly Dictionary<ForeignKey, IReadOnlyList<object?[]>> _rows = [];

    public ParentKeys(IScratchWriter writer, Table table, IEqualityComparer<string> names)
    {
        _writer = writer;
        _table = table;
        _names = names;
    }

    /// <summary>A parent that has no rows although a row needs one; <see langword="null"/> where there is none.</summary>
    public ObjectName? Missing =>
        _table
            .ForeignKeys.FirstOrDefault(key =>
                !IsOwn(key) && !TakesNull(key) && RowsOf(key).Count == 0
            )
            ?.Table;

    /// <summary>Keys of a row that are NULL since there was no parent.</summary>
    public IEnumerable<ForeignKey> OpenKeysOf(long number) =>
        _table.ForeignKeys.Where(key =>
            !IsOwn(key) && RowsOf(key).Count == 0 && number % NullEvery != NullEvery - 1
        );

    /// <summary>The reference to a parent by now; <see langword="null"/> where there is none still.</summary>
    public SeedRow? Find(ForeignKey key, int number)
    {
        var rows = Read(key, newestFirst: false, Choice);
        if (rows.Count == 0)
        {
            return null;
        }

        var row = new SeedRow(_names);
        Set(row, key, rows[number % rows.Count]);
        return row;
    }

    /// <summary>Sets the references of a row; another attempt chooses others.</summary>
    public void AddTo(SeedRow row, long number, int attempt)
    {
        var settled = new HashSet<string>(_names);
        for (var i = 0; i < _table.ForeignKeys.Count; i++)
        {
            var key = _table.ForeignKeys[i];
            if (IsOwn(key))
            {
                AddOwn(row, key, number);
            }
            else if (
                TakesNull(key) && (RowsOf(key).Count == 0 || number % NullEvery == NullEvery - 1)
            )
            {
                Set(row, key, new object?[key.Columns.Count]);
            }
            else if (
                ParentOf(row, (key, i), number + ((i == 0 ? 0 : attempt) * 1L), settled) is
                { } parent
            )
            {
                Set(row, key, parent);
            }

            settled.UnionWith(key.Columns);
        }
    }

    /// <summary>A parent by turns; one that agrees with the references before it where they share columns.</summary>
    private object?[]? ParentOf(
        SeedRow row,
        (ForeignKey Key, int Index) reference,
        long turn,
        HashSet<string> settled
    )
    {
        var key = reference.Key;
        var rows = RowsOf(key);
        var first =
            turn >= Pairs ? turn - 2
            : reference.Index == 0 ? turn / 2
            : turn % 2;
        for (var i = 0L; i < rows.Count; i++)
        {
            var parent = rows[(int)((first + i) % rows.Count)];
            if (Agrees(parent))
            {
                return parent;
            }
        }

        return null;

        bool Agrees(object?[] parent) =>
            key
                .Columns.Zip(parent)
                .All(pair =>
                    !settled.Contains(pair.First)
                    || !row.TryGetValue(pair.First, out var value)
                    || Equals(value, pair.Second)
                );
    }

    /// <summary>The row before; the first row refers to nothing or, where it has to, to itself.</summary>
    private void AddOwn(SeedRow row, ForeignKey key, long number)
    {
        var parents = number < Chain ? Read(key, newestFirst: true, limit: 1) : RowsOf(key);
        if (parents.Count > 0)
        {
            Set(row, key, parents[(int)(number % parents.Count)]);
        }
        else if (TakesNull(key))
        {
            Set(row, key, new object?[key.Columns.Count]);
        }
        else
        {
            foreach (var (column, referenced) in key.Columns.Zip(key.Referenced))
            {
                row[column] = row[referenced] =
                    row.GetValueOrDefault(referenced) ?? SeedValues.FirstNumber;
            }
        }
    }

    private IReadOnlyList<object?[]> RowsOf(ForeignKey key)
    {
        if (!_rows.TryGetValue(key, out var rows))
        {
            rows = Read(key, newestFirst: false, Choice);
            if (!IsOwn(key) || rows.Count >= Chain)
            {
                _rows[key] = rows;
            }
        }

        return rows;
    }

    private IReadOnlyList<object?[]> Read(ForeignKey key, bool newestFirst, int limit) =>
        key.Referenced.Count == key.Columns.Count
            ? _writer.ReadRows(key.Table, key.Referenced, limit, newestFirst)
            : [];

    private static void Set(SeedRow row, ForeignKey key, object?[] parent)
    {
        foreach (var (column, value) in key.Columns.Zip(parent))
        {
            row[column] = value;
        }
    }

    private bool IsOwn(ForeignKey key) =>
        _names.Equals(key.Table.ToString(), _table.Name.ToString());

    private bool TakesNull(ForeignKey key) =>
        key.Columns.All(column =>
            _table.Columns.Any(c => _names.Equals(c.Name, column) && c.IsNullable)
            && _table.PrimaryKey?.Parts.Any(part => _names.Equals(part.Column, column)) != true
        );
}
