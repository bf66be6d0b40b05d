using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;
using Nitejar.Migrations.Engine.Rows;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Guards;

/// <summary>
/// Remembers rows and dangling references as they were before the first statement that can touch them, and compares
/// at the end. A run that only creates objects and columns is never counted.
/// </summary>
internal sealed class SqliteDataGuard(SqliteConnection connection)
{
    private readonly HashSet<string> _words = [];
    private readonly SqliteRebuildGuard _rebuilds = new(connection);
    private SqliteUsableObjects? _usable;
    private IReadOnlyDictionary<string, long> _disregarded = new Dictionary<string, long>();
    private bool _ranCode;
    private Dictionary<string, long>? _rowsBefore;
    private Dictionary<Violation, int> _danglingBefore = [];

    /// <summary>How many rows each table had; empty while nothing was executed that can touch rows.</summary>
    public IReadOnlyDictionary<string, long> RowsBefore =>
        _rowsBefore ?? new Dictionary<string, long>();

    /// <summary>Notes a statement that is about to be executed.</summary>
    public void Before(SqliteStatement statement, EarlierNames earlier)
    {
        _rebuilds.Before(statement, earlier);
        if (statement.Kind != StatementKind.Additive)
        {
            Remember();
            statement.AddWordsTo(_words);
        }
    }

    /// <summary>Takes tables for named by a statement although its words do not.</summary>
    public void Name(IEnumerable<string> tables) =>
        _words.UnionWith(tables.Select(table => table.ToLowerInvariant()));

    /// <summary>Rows that are in their tables for the time of the run only, and were not before.</summary>
    public void Disregard(IReadOnlyDictionary<string, long> rows) => _disregarded = rows;

    /// <summary>Notes that code is about to run, of which nothing is known.</summary>
    public void BeforeCode()
    {
        Remember();
        _ranCode = true;
    }

    /// <summary>A step has executed its statements.</summary>
    /// <exception cref="MigrationFailedException">A table that it rebuilt lacks rows, an index or a trigger.</exception>
    public void EndStep(Direction direction) => _rebuilds.EndStep(direction, _words);

    /// <summary>Compares.</summary>
    /// <exception cref="MigrationFailedException">A reference dangles that did not, rows of an unnamed table are gone, or something that worked does not.</exception>
    /// <exception cref="DatabaseUnavailableException">The schema is damaged.</exception>
    public void Check()
    {
        if (_rowsBefore is null)
        {
            return;
        }

        RequireOwners();
        RequireReferences();
        if (!_ranCode)
        {
            RequireUnnamedRows(_rowsBefore);
            _usable!.Check(_words);
        }
    }

    private void Remember()
    {
        if (_rowsBefore is null)
        {
            _rowsBefore = SqliteRowCounts.Read(connection);
            foreach (var (table, rows) in _disregarded)
            {
                _rowsBefore[table] -= rows;
            }

            _danglingBefore = ReadDangling();
            _usable = new SqliteUsableObjects(connection);
        }
    }

    /// <summary>
    /// In a damaged schema a table can be dropped without its indexes, and nobody could open the database afterwards.
    /// </summary>
    private void RequireOwners()
    {
        var orphans = connection.Query(
            """
            SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger')
                AND tbl_name COLLATE NOCASE NOT IN (SELECT name FROM sqlite_master WHERE type IN ('table', 'view'))
            """,
            row => row.GetString(0)
        );
        if (orphans.Count > 0)
        {
            throw new DatabaseUnavailableException(
                $"The database is damaged: {orphans[0]} would be left without its table.",
                "Look at it with `PRAGMA integrity_check` in the sqlite3 program, and restore a backup."
            );
        }
    }

    private void RequireReferences()
    {
        var before = CountByKey(_danglingBefore);
        var after = ReadDangling();
        foreach (var (key, count) in CountByKey(after))
        {
            if (count > before.GetValueOrDefault(key) && !IsOfNoRow(key))
            {
                var example = after.Keys.First(v =>
                    KeyOf(v) == key && (v == key || !_danglingBefore.ContainsKey(v))
                );
                var row = example.Row?.ToString(CultureInfo.InvariantCulture) ?? "(no rowid)";
                throw new MigrationFailedException(
                    key.IsMismatch
                        ? $"A foreign key of {key.Table} would be broken: {key.Parent}."
                        : $"A foreign key would be broken: {key.Table} row {row} would refer to a row of {key.Parent} that does not exist.",
                    "Correct the migration so that every reference keeps its parent. ON DELETE and ON UPDATE take effect in migrations that only insert, change and delete rows, not in those that also drop or rename tables, replace rows or run code."
                );
            }
        }
    }

    /// <summary>A key that fits nothing breaks no reference where there is none: see <see cref="SqliteLooseKeys"/>.</summary>
    private bool IsOfNoRow(Violation key) =>
        key.IsMismatch
        && !connection.Any($"SELECT 1 FROM main.{SqliteCommands.Quote(key.Table)} LIMIT 1");

    private Dictionary<Violation, int> CountByKey(Dictionary<Violation, int> violations)
    {
        var counts = new Dictionary<Violation, int>();
        foreach (var (violation, count) in violations)
        {
            var key = KeyOf(violation);
            counts[key] = counts.GetValueOrDefault(key) + count;
        }

        return counts;
    }

    /// <summary>A rebuild may give its rows other numbers, so those of a rebuilt table are only counted.</summary>
    private Violation KeyOf(Violation violation) =>
        _rebuilds.Rebuilt.Contains(violation.Table) ? violation with { Row = null } : violation;

    private void RequireUnnamedRows(Dictionary<string, long> before)
    {
        var after = SqliteRowCounts.Read(connection);
        foreach (var (table, rows) in before)
        {
            var lost = rows - after.GetValueOrDefault(table);
            if (lost > 0 && !_words.Contains(table.ToLowerInvariant()))
            {
                throw new MigrationFailedException(
                    $"Rows would be lost from a table that no statement names: {new DataLoss(table, Column: null, lost)}.",
                    "Name the table in the migration if that is meant, or correct what removes its rows (a trigger, for example)."
                );
            }
        }
    }

    private Dictionary<Violation, int> ReadDangling()
    {
        var found = new Dictionary<Violation, int>();
        foreach (var table in SqliteRows.Tables(connection))
        {
            foreach (var violation in ReadDangling(table))
            {
                found[violation] = found.GetValueOrDefault(violation) + 1;
            }
        }

        return found;
    }

    private List<Violation> ReadDangling(string table)
    {
        try
        {
            return connection.Query(
                "SELECT rowid, \"parent\" FROM pragma_foreign_key_check($table, 'main')",
                row => new Violation(
                    table,
                    row.IsDBNull(0) ? null : row.GetInt64(0),
                    row.GetString(1)
                ),
                ("$table", table)
            );
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // The parent has no key that fits any more: applications could not write to the table.
            return [new Violation(table, Row: null, SqliteErrors.Words(e), IsMismatch: true)];
        }
    }

    /// <param name="Table">Whose reference it is.</param>
    /// <param name="Row">Of which row; <see langword="null"/> where rows have no number.</param>
    /// <param name="Parent">To which table; of a mismatch, SQLite's words.</param>
    /// <param name="IsMismatch">Not a row's reference but the foreign key itself is wrong.</param>
    private sealed record Violation(
        string Table,
        long? Row,
        string Parent,
        bool IsMismatch = false
    );
}
