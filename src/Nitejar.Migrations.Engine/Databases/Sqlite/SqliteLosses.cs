using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>
/// Counts what a run takes away: rows of dropped tables, values of dropped columns, deleted rows. What counts is the
/// end: a table that was rebuilt under its name has its rows again, and so has one that was archived and restored.
/// </summary>
internal sealed class SqliteLosses(SqliteConnection connection)
{
    private readonly Dictionary<string, TableCounts> _tables = new(
        StringComparer.OrdinalIgnoreCase
    );
    private readonly Dictionary<string, TableCounts> _columns = new(
        StringComparer.OrdinalIgnoreCase
    );
    private readonly List<DataLoss> _deleted = [];
    private Dictionary<string, long> _beforeCode = [];

    /// <summary>Rows that statements have deleted.</summary>
    public IEnumerable<DataLoss> Deleted => _deleted.Where(loss => loss.Rows > 0);

    /// <summary>Counts what the statement will drop.</summary>
    public void Before(SqliteStatement statement)
    {
        var isDrop = statement.Kind is StatementKind.DropTable or StatementKind.DropColumn;
        if (isDrop && SqliteTable.Find(connection, statement.Table!) is { } table)
        {
            // The first count is of what the run found; a table may be rebuilt more than once.
            var counts = statement.Kind == StatementKind.DropTable ? _tables : _columns;
            if (!counts.ContainsKey(table.Name) || statement.Kind == StatementKind.DropColumn)
            {
                Add(counts, table, statement.Column);
            }
        }
    }

    /// <summary>Counts every table, since nobody knows what code will drop.</summary>
    public void BeforeCode()
    {
        if (_beforeCode.Count == 0)
        {
            _beforeCode = SqliteRowCounts.Read(connection);
        }
    }

    /// <summary>Counts what the statement has deleted.</summary>
    public void After(SqliteStatement statement, long changes)
    {
        if (statement.Kind == StatementKind.Delete)
        {
            _deleted.Add(new DataLoss(statement.Table!, Column: null, changes));
        }
    }

    /// <summary>What was dropped and is gone at the end.</summary>
    public IReadOnlyList<DataLoss> ReadDropped() =>
        [
            .. _tables
                .SelectMany(counted => Missing(counted.Key, counted.Value))
                .Concat(_columns.SelectMany(counted => MissingValues(counted.Key, counted.Value)))
                .Concat(MissingAfterCode())
                .Where(loss => loss.Rows > 0),
        ];

    private void Add(Dictionary<string, TableCounts> counts, SqliteTable table, string? column)
    {
        var columns = column is null ? table.Columns : table.Columns.Where(c => IsSame(c, column));
        var counted = Counts(table, [.. columns]);
        if (counts.TryGetValue(table.Name, out var before))
        {
            foreach (var (name, values) in before.Values)
            {
                counted.Values.TryAdd(name, values);
            }
        }

        counts[table.Name] = counted;
    }

    private IEnumerable<DataLoss> Missing(string name, TableCounts before)
    {
        if (SqliteTable.Find(connection, name) is not { } table)
        {
            return [new DataLoss(name, Column: null, before.Rows)];
        }

        // Values of rows that are gone as a whole are not told a second time.
        var rows = table.Count(connection);
        return MissingValues(name, before)
            .Where(loss => !table.HasColumns([loss.Column!]))
            .Select(loss => loss with { Rows = Math.Min(loss.Rows, rows) })
            .Prepend(new DataLoss(name, Column: null, before.Rows - rows));
    }

    private IEnumerable<DataLoss> MissingValues(string name, TableCounts before)
    {
        var now = SqliteTable.Find(connection, name) is { } table
            ? Counts(table, [.. table.Columns.Where(before.Values.ContainsKey)]).Values
            : [];
        return before.Values.Select(counted => new DataLoss(
            name,
            counted.Key,
            counted.Value - now.GetValueOrDefault(counted.Key)
        ));
    }

    private IEnumerable<DataLoss> MissingAfterCode()
    {
        if (_beforeCode.Count == 0)
        {
            return [];
        }

        var now = SqliteRowCounts.Read(connection);
        return _beforeCode
            .Where(counted => !_tables.ContainsKey(counted.Key))
            .Select(counted => new DataLoss(
                counted.Key,
                Column: null,
                counted.Value - now.GetValueOrDefault(counted.Key)
            ));
    }

    /// <summary>One pass over the table for all of the columns.</summary>
    private TableCounts Counts(SqliteTable table, string[] columns)
    {
        var counts = columns.Select(column => $", count({SqliteCommands.Quote(column)})");
        return connection.Query(
            $"SELECT count(*){string.Concat(counts)} FROM {table.Quoted}",
            row => new TableCounts(
                row.GetInt64(0),
                columns
                    .Select((column, index) => (column, Values: row.GetInt64(index + 1)))
                    .ToDictionary(
                        counted => counted.column,
                        counted => counted.Values,
                        StringComparer.OrdinalIgnoreCase
                    )
            )
        )[0];
    }

    private static bool IsSame(string a, string b) =>
        a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private sealed record TableCounts(long Rows, Dictionary<string, long> Values);
}
