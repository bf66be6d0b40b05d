using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Schema;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Guards;

/// <summary>
/// The views and triggers that worked at some time. SQLite looks at them only when they are used, so that one which
/// names a table that is no more would be found by the application.
/// </summary>
internal sealed class SqliteUsableObjects
{
    private const string NoTable = "no such table: ";
    private readonly SqliteConnection _connection;
    private readonly HashSet<string> _tables;
    private readonly string[] _views;
    private readonly Dictionary<string, string> _triggersByTable;

    /// <summary>Remembers what works now.</summary>
    public SqliteUsableObjects(SqliteConnection connection)
    {
        _connection = connection;
        _tables = new HashSet<string>(
            Names("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"),
            SqliteNames.Comparer
        );
        _views =
        [
            .. Names("SELECT name FROM sqlite_master WHERE type = 'view'")
                .Where(view => ErrorOfView(view) is null),
        ];
        _triggersByTable = ReadTriggers();
        foreach (
            var table in _triggersByTable.Keys.ToArray().Where(t => ErrorOfTriggers(t) is not null)
        )
        {
            _triggersByTable.Remove(table);
        }
    }

    /// <summary>Compares. What was dropped, and what used a table or view that was dropped for good, is not missed.</summary>
    /// <param name="words">The words of all statements.</param>
    /// <exception cref="MigrationFailedException">Something works no longer.</exception>
    public void Check(IReadOnlySet<string> words)
    {
        var tables = new HashSet<string>(
            Names("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"),
            SqliteNames.Comparer
        );
        foreach (var view in _views.Where(view => !words.Contains(view.ToLowerInvariant())))
        {
            Require($"The view {view} would work no longer", ErrorOfView(view), tables);
        }

        foreach (var (table, triggers) in ReadTriggers())
        {
            if (_triggersByTable.GetValueOrDefault(table) != triggers)
            {
                continue; // What the migration adds is its own affair.
            }

            Require($"A trigger of {table} would work no longer", ErrorOfTriggers(table), tables);
        }
    }

    private void Require(string what, string? error, HashSet<string> tables)
    {
        if (error is not null && !IsAboutDropped(error, tables))
        {
            throw new MigrationFailedException(
                $"{what}: {error}.",
                "Let the migration drop it and make it again as it has to be."
            );
        }
    }

    private bool IsAboutDropped(string error, HashSet<string> tables)
    {
        if (!error.StartsWith(NoTable, StringComparison.Ordinal))
        {
            return false;
        }

        var name = error[NoTable.Length..];
        name = name.StartsWith("main.", StringComparison.Ordinal) ? name["main.".Length..] : name;
        return _tables.Contains(name) && !tables.Contains(name);
    }

    private string? ErrorOfView(string view) =>
        ErrorOf($"SELECT 1 FROM {Identifier.Quote(view)} LIMIT 0");

    /// <summary>A statement is prepared with the triggers that it would fire, those of an UPDATE by its columns.</summary>
    private string? ErrorOfTriggers(string table)
    {
        var name = Identifier.Quote(table);
        var columns = _connection
            .Query(
                "SELECT name FROM pragma_table_xinfo($table) WHERE hidden = 0",
                row => Identifier.Quote(row.GetString(0)),
                ("$table", table)
            )
            .Select(column => $"{column} = NULL");
        return ErrorOf($"INSERT INTO {name} DEFAULT VALUES")
            ?? ErrorOf($"DELETE FROM {name}")
            ?? ErrorOf($"UPDATE {name} SET {string.Join(", ", columns)}");
    }

    /// <summary>SQLite's words, or <see langword="null"/> where the statement can be prepared. Nothing is executed.</summary>
    private string? ErrorOf(string sql)
    {
        var code = raw.sqlite3_prepare_v2(_connection.Handle, sql, out var prepared);
        using (prepared)
        {
            return code == raw.SQLITE_OK
                ? null
                : raw.sqlite3_errmsg(_connection.Handle).utf8_to_string();
        }
    }

    /// <summary>For each table with triggers, their names. Each trigger spells the table in its own way.</summary>
    private Dictionary<string, string> ReadTriggers() =>
        _connection
            .Query(
                "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
                row => (Table: row.GetString(0), Name: row.GetString(1))
            )
            .GroupBy(row => row.Table, row => row.Name, SqliteNames.Comparer)
            .ToDictionary(
                triggers => triggers.Key,
                triggers => string.Join('\n', triggers),
                SqliteNames.Comparer
            );

    private List<string> Names(string sql) => _connection.Query(sql, row => row.GetString(0));
}
