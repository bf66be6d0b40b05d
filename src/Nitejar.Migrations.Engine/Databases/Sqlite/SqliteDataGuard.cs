using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>
/// Remembers rows and dangling references as they were before the first statement that can touch them, and compares
/// at the end. A run that only creates objects is never counted.
/// </summary>
internal sealed class SqliteDataGuard(SqliteConnection connection)
{
    private readonly HashSet<string> _words = [];
    private bool _ranCode;
    private Dictionary<string, TableContent>? _before;
    private Dictionary<Violation, int> _danglingBefore = [];

    /// <summary>Notes a statement that is about to be executed.</summary>
    public void Before(StatementKind kind, string sql)
    {
        if (kind != StatementKind.Additive)
        {
            Remember();
            SqliteStatement.AddWords(sql, _words);
        }
    }

    /// <summary>Notes that code is about to run, of which nothing is known.</summary>
    public void BeforeCode()
    {
        Remember();
        _ranCode = true;
    }

    /// <summary>Compares.</summary>
    /// <exception cref="MigrationFailedException">A reference dangles that did not, or rows of an unnamed table are gone.</exception>
    public IReadOnlyList<DataLoss> Check()
    {
        if (_before is null)
        {
            return [];
        }

        RequireReferences();
        var after = ReadContent();
        var losses = new List<DataLoss>();
        foreach (var (table, before) in _before)
        {
            var lost = before.LossesUntil(table, after.GetValueOrDefault(table)).ToArray();
            if (
                lost.Length > 0
                && !_ranCode
                && !_words.Contains(table.ToLowerInvariant())
                && IsOneWord(table)
            )
            {
                throw new MigrationFailedException(
                    $"Rows would be lost from a table that no statement names: {lost[0]}.",
                    "Name the table in the migration if that is meant, or correct what removes its rows (a trigger, for example)."
                );
            }

            losses.AddRange(lost);
        }

        return losses;
    }

    private static bool IsOneWord(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '_' or '$');

    private void Remember()
    {
        if (_before is null)
        {
            _before = ReadContent();
            _danglingBefore = ReadDangling();
        }
    }

    private void RequireReferences()
    {
        foreach (var (violation, count) in ReadDangling())
        {
            if (count > _danglingBefore.GetValueOrDefault(violation))
            {
                throw new MigrationFailedException(
                    $"A foreign key would be broken: {violation.Table} row {violation.Row?.ToString(CultureInfo.InvariantCulture) ?? "(no rowid)"} would refer to a row of {violation.Parent} that does not exist.",
                    "Correct the migration so that every reference keeps its parent."
                );
            }
        }
    }

    private Dictionary<Violation, int> ReadDangling()
    {
        var found = new Dictionary<Violation, int>();
        foreach (
            var violation in connection.Query(
                "SELECT \"table\", rowid, \"parent\" FROM pragma_foreign_key_check",
                row => new Violation(
                    row.GetString(0),
                    row.IsDBNull(1) ? null : row.GetInt64(1),
                    row.GetString(2)
                )
            )
        )
        {
            found[violation] = found.GetValueOrDefault(violation) + 1;
        }

        return found;
    }

    private Dictionary<string, TableContent> ReadContent()
    {
        var tables = connection.Query(
            """
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND sql NOT LIKE 'CREATE VIRTUAL%'
                AND name NOT IN ('VersionInfo', 'VersionJournal')
            """,
            row => row.GetString(0)
        );
        return tables.ToDictionary(table => table, ReadTable, StringComparer.OrdinalIgnoreCase);
    }

    private TableContent ReadTable(string table)
    {
        var rows = connection.Query(
            $"SELECT count(*) FROM {SqliteCommands.Quote(table)}",
            row => row.GetInt64(0)
        )[0];
        var columns = connection.Query(
            "SELECT name FROM pragma_table_info($table)",
            row => row.GetString(0),
            ("$table", table)
        );
        return new TableContent(rows, columns);
    }

    private sealed record Violation(string Table, long? Row, string Parent);

    private sealed record TableContent(long Rows, List<string> Columns)
    {
        public IEnumerable<DataLoss> LossesUntil(string table, TableContent? after)
        {
            if (Rows == 0)
            {
                yield break;
            }

            if (after is null || after.Rows < Rows)
            {
                yield return new DataLoss(table, Column: null, Rows - (after?.Rows ?? 0));
            }

            if (after is null)
            {
                yield break;
            }

            foreach (var column in Columns)
            {
                if (!after.Columns.Contains(column, StringComparer.OrdinalIgnoreCase))
                {
                    yield return new DataLoss(table, column, Math.Min(Rows, after.Rows));
                }
            }
        }
    }
}
