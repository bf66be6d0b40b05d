using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>Counts what the statements of a run take away: rows of dropped tables, values of dropped columns, deleted rows.</summary>
internal sealed class SqliteLosses(SqliteConnection connection)
{
    private readonly Dictionary<string, long> _dropped = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DataLoss> _others = [];

    /// <summary>Counts what the statement will drop.</summary>
    public void Before(SqliteStatement statement)
    {
        if (statement.Kind == StatementKind.DropTable && Exists(statement.Table!))
        {
            _dropped[statement.Table!] =
                _dropped.GetValueOrDefault(statement.Table!) + CountOf(statement.Table!, "*");
        }
        else if (statement.Kind == StatementKind.DropColumn)
        {
            var values = CountOf(statement.Table!, SqliteCommands.Quote(statement.Column!));
            _others.Add(new DataLoss(statement.Table!, statement.Column, values));
        }
    }

    /// <summary>Counts what the statement has deleted.</summary>
    public void After(SqliteStatement statement, long changes)
    {
        if (statement.Kind == StatementKind.Delete)
        {
            _others.Add(new DataLoss(statement.Table!, Column: null, changes));
        }
    }

    /// <summary>What is gone at the end. A table that was rebuilt under its name has its rows again.</summary>
    public IReadOnlyList<DataLoss> Read() =>
        [
            .. _dropped
                .Select(dropped => new DataLoss(
                    dropped.Key,
                    Column: null,
                    dropped.Value - (Exists(dropped.Key) ? CountOf(dropped.Key, "*") : 0)
                ))
                .Concat(_others)
                .Where(loss => loss.Rows > 0),
        ];

    private bool Exists(string table) =>
        connection.Any(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $table COLLATE NOCASE",
            ("$table", table)
        );

    private long CountOf(string table, string what) =>
        connection.Query(
            $"SELECT count({what}) FROM {SqliteCommands.Quote(table)}",
            row => row.GetInt64(0)
        )[0];
}
