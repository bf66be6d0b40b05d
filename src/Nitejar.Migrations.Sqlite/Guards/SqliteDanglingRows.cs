using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Connections;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Guards;

/// <summary>
/// Finds rows whose reference dangles since a run: foreign keys are off while it drops and rebuilds tables, so that SQLite
/// does not look.
/// </summary>
internal sealed class SqliteDanglingRows(ITables tables, SqliteConnection connection)
{
    private Dictionary<Violation, int> _before = [];

    /// <summary>Remembers what dangles.</summary>
    public void Remember() => _before = ReadDangling();

    /// <summary>Compares.</summary>
    /// <param name="rebuilt">Tables whose rows may have other numbers.</param>
    /// <exception cref="MigrationFailedException">A reference dangles that did not.</exception>
    /// <exception cref="DatabaseUnavailableException">The schema is damaged.</exception>
    public void Require(IReadOnlySet<string> rebuilt)
    {
        RequireOwners();
        RequireNoNew(rebuilt);
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

    private void RequireNoNew(IReadOnlySet<string> rebuilt)
    {
        var before = CountByKey(_before, rebuilt);
        var after = ReadDangling();
        foreach (var (key, count) in CountByKey(after, rebuilt))
        {
            if (count > before.GetValueOrDefault(key) && !IsOfNoRow(key))
            {
                var example = after.Keys.First(v =>
                    KeyOf(v, rebuilt) == key && (v == key || !_before.ContainsKey(v))
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
        && !connection.Any($"SELECT 1 FROM main.{Identifier.Quote(key.Table)} LIMIT 1");

    private static Dictionary<Violation, int> CountByKey(
        Dictionary<Violation, int> violations,
        IReadOnlySet<string> rebuilt
    )
    {
        var counts = new Dictionary<Violation, int>();
        foreach (var (violation, count) in violations)
        {
            var key = KeyOf(violation, rebuilt);
            counts[key] = counts.GetValueOrDefault(key) + count;
        }

        return counts;
    }

    /// <summary>A rebuild may give its rows other numbers, so those of a rebuilt table are only counted.</summary>
    private static Violation KeyOf(Violation violation, IReadOnlySet<string> rebuilt) =>
        rebuilt.Contains(violation.Table) ? violation with { Row = null } : violation;

    private Dictionary<Violation, int> ReadDangling()
    {
        var found = new Dictionary<Violation, int>();
        foreach (var table in tables.ReadNames())
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
                "SELECT rowid, \"parent\" FROM pragma_foreign_key_check(@table, 'main')",
                row => new Violation(
                    table,
                    row.IsDBNull(0) ? null : row.GetInt64(0),
                    row.GetString(1)
                ),
                ("@table", table)
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
