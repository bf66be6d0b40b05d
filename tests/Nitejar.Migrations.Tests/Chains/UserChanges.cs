using System.Data.Common;
using Nitejar.Migrations.Tests.Chains.Places;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>What people do to the tables of a chain: rows added, changed and deleted.</summary>
internal sealed class UserChanges(ChainTrial trial, DbConnection connection, Chain chain)
{
    /// <summary>Above every identifier that a chain names or generates.</summary>
    private const int FirstId = 500;

    private readonly ChainState _state = ChainState.After(chain);
    private readonly HashSet<Cell> _lookedFor =
    [
        .. chain
            .Migrations.SelectMany(migration => migration.Operations)
            .OfType<InsertReferring>()
            .Select(insert => (Cell)insert.Reference.Text),
    ];
    private int _names;

    /// <summary>Adds rows, and with others at hand changes and deletes some.</summary>
    public void Make(bool addOnly = false)
    {
        foreach (var table in _state.Tables)
        {
            Repeat(3, () => Add(table));
            if (addOnly)
            {
                continue;
            }

            Repeat(2, () => Change(table));
            Repeat(2, () => Delete(table));
            if (trial.OneIn(8))
            {
                Try("user empties table", $"DELETE FROM \"{table.Name}\"");
            }

            Repeat(1, () => Add(table));
            if (table.Key == TableKey.None)
            {
                Repeat(2, () => Double(table));
            }
        }
    }

    /// <summary>Nothing keeps a row from being there twice.</summary>
    private void Double(TableState table)
    {
        if (AnyId(table.Name) is not { } id)
        {
            return;
        }

        var columns = string.Join(
            ", ",
            table.Columns.Select(column => $"\"{column.Name}\"").Prepend("id")
        );
        Try(
            "user doubles row",
            $"INSERT INTO \"{table.Name}\" ({columns}){trial.Place.WithOwnNumbers} SELECT {columns} FROM \"{table.Name}\" WHERE id = {id}"
        );
    }

    private void Add(TableState table)
    {
        var row = new Dictionary<string, Cell> { [table.Label] = NewLabel(table) };
        if (!table.HasIdentity)
        {
            row["id"] = FirstId + ++_names;
        }

        foreach (var column in table.Columns.Skip(1))
        {
            if (column.Parent is { } parent && AnyId(parent) is { } id)
            {
                row[column.Name] = id;
            }
            else if (column.Parent is null && trial.OneIn(2))
            {
                row[column.Name] = Value(column);
            }
        }

        var columns = string.Join(", ", row.Keys.Select(name => $"\"{name}\""));
        var values = string.Join(", ", row.Values.Select(cell => cell.Sql));
        Try("user adds row", $"INSERT INTO \"{table.Name}\" ({columns}) VALUES ({values})");
    }

    private void Change(TableState table)
    {
        if (AnyId(table.Name) is not { } id)
        {
            return;
        }

        var column = table.Columns[trial.Random.Next(table.Columns.Count)];
        var value =
            column.Parent is { } parent ? (Cell?)AnyId(parent) ?? Cell.Null
            : column == table.Columns[0] ? $"edited-{++_names}"
            : Value(column);
        Try(
            "user changes row",
            $"UPDATE \"{table.Name}\" SET \"{column.Name}\" = {value.Sql} WHERE id = {id}"
        );
    }

    private void Delete(TableState table)
    {
        if (AnyId(table.Name) is { } id)
        {
            Try("user deletes row", $"DELETE FROM \"{table.Name}\" WHERE id = {id}");
        }
    }

    /// <summary>
    /// Mostly a text that nobody else has; now and then the same as a row of a migration. Of what an Up finds a parent
    /// by there is one: with two, its INSERT ... SELECT would give one identifier to two rows.
    /// </summary>
    private Cell NewLabel(TableState table)
    {
        var shared = table.HasUniqueIndex
            ? []
            : table
                .Rows.Select(row => row[table.Label])
                .Where(l => !_lookedFor.Contains(l))
                .ToArray();
        return shared.Length > 0 && trial.OneIn(6)
            ? shared[trial.Random.Next(shared.Length)]
            : $"user-{++_names}";
    }

    private Cell Value(ChainColumn column) =>
        column.Type is { } type ? ChainTypes.Value(type, trial.Random.Next(1, 1000))
        : column.IsText ? $"value-{++_names}"
        : trial.Random.Next(1000);

    private long? AnyId(string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT id FROM \"{table}\" ORDER BY id";
        using var reader = command.ExecuteReader();
        var ids = new List<long>();
        while (reader.Read())
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids.Count == 0 ? null : ids[trial.Random.Next(ids.Count)];
    }

    private void Repeat(int atMost, Action action)
    {
        for (var count = trial.Random.Next(atMost + 1); count > 0; count--)
        {
            action();
        }
    }

    /// <summary>Does it, unless a reference forbids it.</summary>
    private void Try(string kind, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            command.ExecuteNonQuery();
            trial.Note(kind, sql);
        }
        catch (DbException refused) when (trial.Place.IsConstraint(refused)) { }
    }
}
