using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>
/// Remembers rows and dangling references as they were before the first statement that can touch them, and compares
/// at the end. A run that only creates objects and columns is never counted.
/// </summary>
internal sealed class SqliteDataGuard(SqliteConnection connection)
{
    private readonly HashSet<string> _words = [];
    private bool _ranCode;
    private Dictionary<string, long>? _rowsBefore;
    private Dictionary<Violation, int> _danglingBefore = [];

    /// <summary>Notes a statement that is about to be executed.</summary>
    public void Before(SqliteStatement statement)
    {
        if (statement.Kind != StatementKind.Additive)
        {
            Remember();
            statement.AddWordsTo(_words);
        }
    }

    /// <summary>Notes that code is about to run, of which nothing is known.</summary>
    public void BeforeCode()
    {
        Remember();
        _ranCode = true;
    }

    /// <summary>Compares.</summary>
    /// <exception cref="MigrationFailedException">A reference dangles that did not, a key that is referred to is gone, or rows of an unnamed table are gone.</exception>
    public void Check()
    {
        if (_rowsBefore is null)
        {
            return;
        }

        RequireReferences();
        if (!_ranCode)
        {
            RequireUnnamedRows(_rowsBefore);
        }
    }

    private void Remember()
    {
        if (_rowsBefore is null)
        {
            _rowsBefore = ReadRows();
            _danglingBefore = ReadDangling();
        }
    }

    private void RequireReferences()
    {
        foreach (var (violation, count) in ReadDanglingAfter())
        {
            if (count > _danglingBefore.GetValueOrDefault(violation))
            {
                var row = violation.Row?.ToString(CultureInfo.InvariantCulture) ?? "(no rowid)";
                throw new MigrationFailedException(
                    $"A foreign key would be broken: {violation.Table} row {row} would refer to a row of {violation.Parent} that does not exist.",
                    "Correct the migration so that every reference keeps its parent."
                );
            }
        }
    }

    private void RequireUnnamedRows(Dictionary<string, long> before)
    {
        var after = ReadRows();
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

    private Dictionary<Violation, int> ReadDanglingAfter()
    {
        try
        {
            return ReadDangling();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            throw new MigrationFailedException(
                $"A foreign key would lose the key that it refers to: {SqliteErrors.Words(e)}.",
                "Correct the migration so that a primary key or a unique index stays on what a foreign key refers to.",
                e
            );
        }
    }

    private Dictionary<Violation, int> ReadDangling()
    {
        var found = new Dictionary<Violation, int>();
        var violations = connection.Query(
            "SELECT \"table\", rowid, \"parent\" FROM pragma_foreign_key_check",
            row => new Violation(
                row.GetString(0),
                row.IsDBNull(1) ? null : row.GetInt64(1),
                row.GetString(2)
            )
        );
        foreach (var violation in violations)
        {
            found[violation] = found.GetValueOrDefault(violation) + 1;
        }

        return found;
    }

    private Dictionary<string, long> ReadRows()
    {
        var tables = connection.Query(
            """
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND sql NOT LIKE 'CREATE VIRTUAL%'
                AND name NOT IN ('VersionInfo', 'VersionJournal')
            """,
            row => row.GetString(0)
        );
        return tables.ToDictionary(
            table => table,
            table =>
                connection.Query(
                    $"SELECT count(*) FROM {SqliteCommands.Quote(table)}",
                    row => row.GetInt64(0)
                )[0],
            StringComparer.OrdinalIgnoreCase
        );
    }

    private sealed record Violation(string Table, long? Row, string Parent);
}
