using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Trust.Verifying.Seeding;

/// <summary>Writes the rows of one table.</summary>
internal sealed class TableSeeder
{
    /// <summary>How many other keys are tried where a row has one that is taken.</summary>
    private const int KeyAttempts = 40;

    /// <summary>More than one seeding uses up.</summary>
    private const long NumbersPerSeeding = 1_000_000_000;

    /// <summary>How many combinations are tried for a first row that every CHECK takes.</summary>
    private const int CheckAttempts = 3000;

    private readonly IScratchWriter _writer;
    private readonly Table _table;
    private readonly IReadOnlyList<Column> _columns;
    private readonly SeedValues _values;
    private readonly ParentKeys _parents;
    private readonly string[] _keyColumns;
    private readonly List<(int Place, ForeignKey Key)> _openKeys = [];

    /// <summary>Numbers of keys that no row has, from which another one is taken where a key is taken.</summary>
    private long _freeNumbers;

    public TableSeeder(IScratchWriter writer, Table table, IEqualityComparer<string> names)
    {
        _writer = writer;
        _table = table;
        _columns = [.. table.Columns.Where(column => column.Generated is null)];
        _parents = new ParentKeys(writer, table, names);
        _keyColumns =
        [
            .. KeyParts(table)
                .Select(part => part.Column)
                .OfType<string>()
                .Distinct(names)
                .Where(column =>
                    !table.ForeignKeys.Any(key => key.Columns.Contains(column, names))
                ),
        ];
        _values = new SeedValues(writer, table, _keyColumns, names);
    }

    /// <summary>Inserts rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="isFirst">Whether the table has got none before.</param>
    /// <param name="cancellation">Ends it.</param>
    public SeededTable Fill(long rows, bool isFirst, CancellationToken cancellation)
    {
        if (_table.Unreadable is { } unreadable)
        {
            return new SeededTable(_table.Name, 0, unreadable);
        }

        if (FindBase(out var problem) is not { } sound)
        {
            return new SeededTable(_table.Name, 0, problem);
        }

        var written = 0L;
        var place = (int)_writer.Count(_table);
        var reachesEdges = isFirst && place < rows;
        _freeNumbers = (place + 1) * NumbersPerSeeding;
        for (var i = 0L; i < rows; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Write(RowOf(i, reachesEdges), sound, i))
            {
                written++;
                RememberOpenKeys(place++, i);
            }
        }

        if (_table.Traits.IsAutoIncrement && Write(RowOf(0), sound, rows))
        {
            // A number that no row has any more: it must not be given again.
            _writer.DeleteInserted(_table);
        }

        return new SeededTable(_table.Name, written, written == 0 ? problem : null);
    }

    /// <summary>Gives values to columns of rows that are there.</summary>
    public void FillColumns(Func<Column, bool> isWanted, long rows)
    {
        var wanted = _columns.Where(isWanted).Select(column => column.Name).ToArray();
        for (var place = 0; wanted.Length > 0 && place < rows; place++)
        {
            var row = RowOf(place + 2);
            foreach (var column in wanted)
            {
                if (row.TryGetValue(column, out var value))
                {
                    // Refused where a rule of the table is in the way; the row has the default then.
                    _ = _writer.Update(
                        _table,
                        place,
                        new SeedRow(row.Comparer) { [column] = value }
                    );
                }
            }
        }
    }

    /// <summary>Refers to parents that were not there when the row was written.</summary>
    public void FillOpenKeys()
    {
        foreach (var (place, key) in _openKeys)
        {
            if (_parents.Find(key, place) is { } parent)
            {
                _ = _writer.Update(_table, place, parent);
            }
        }
    }

    private static IEnumerable<IndexPart> KeyParts(Table table) =>
        (table.PrimaryKey?.Parts ?? [])
            .Concat(table.Uniques.SelectMany(key => key.Parts))
            .Concat(table.Indexes.Where(i => i.IsUnique).SelectMany(index => index.Parts));

    private SeedRow RowOf(long number, bool reachesEdges = true)
    {
        var row = _values.RowOf(number, reachesEdges);
        _parents.AddTo(row, number, attempt: 0);
        return row;
    }

    /// <summary>A first row that every rule of the table takes, but perhaps for its key.</summary>
    private SeedRow? FindBase(out string? problem)
    {
        problem = _parents.Missing is { } parent ? $"no row of {parent} can be referred to" : null;
        var isChecked = _columns.Any(column => _writer.IsChecked(_table, column));
        for (var attempt = 0; attempt < (isChecked ? CheckAttempts : 1); attempt++)
        {
            var row = _values.Combination(attempt);
            _parents.AddTo(row, 0, attempt: 0);
            var refusal = _writer.Try(_table, row);
            if (refusal is null or { IsOfKey: true })
            {
                return row;
            }

            problem ??= refusal.Message;
        }

        return null;
    }

    /// <summary>The row as it is wanted, but where a rule of the table refuses a value, that of the first row.</summary>
    private SeedRow Mended(SeedRow wanted, SeedRow sound, long number)
    {
        var mended = sound.Copy();
        _parents.AddTo(mended, number, attempt: 0);
        foreach (var column in _columns)
        {
            var changed = mended.With(column.Name, wanted);
            if (IsSound(changed))
            {
                mended = changed;
            }
        }

        return mended;
    }

    private bool IsSound(SeedRow row) => _writer.Try(_table, row) is null or { IsOfKey: true };

    /// <summary>Writes a row, with another key where its own is taken, and with other values where a rule refuses one.</summary>
    private bool Write(SeedRow row, SeedRow sound, long number)
    {
        var isMended = false;
        for (var attempt = 1; attempt <= KeyAttempts; attempt++)
        {
            switch (_writer.Insert(_table, row))
            {
                case null:
                    return true;

                case { IsOfKey: true }:
                    _values.Renew(
                        row,
                        _keyColumns,
                        _freeNumbers + (number * KeyAttempts) + attempt
                    );
                    _parents.AddTo(row, number, attempt);
                    break;

                case { IsOfKey: false } when !isMended:
                    isMended = true;
                    row = Mended(row, sound, number);
                    break;

                default:
                    return false;
            }
        }

        return false;
    }

    private void RememberOpenKeys(int place, long number)
    {
        foreach (var key in _parents.OpenKeysOf(number))
        {
            _openKeys.Add((place, key));
        }
    }
}
