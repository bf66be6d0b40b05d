using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>
/// Copies rows into the archive before a statement of a Down drops them. The columns of an archive table have no
/// type, so that SQLite converts nothing and every value comes back as it was. Tables and columns have the names there
/// that they had before the step, since those are the ones that its Up gives them again.
/// </summary>
internal sealed class SqliteArchiver(
    SqliteConnection connection,
    StepScope step,
    EarlierNames earlier
)
{
    private readonly List<StoredArchive> _archives = [];
    private readonly Dictionary<long, string[]> _keys = [];

    /// <summary>Copies what the statement will drop, unless the step itself has made it.</summary>
    public void Before(SqliteStatement statement)
    {
        var isDrop = statement.Kind is StatementKind.DropTable or StatementKind.DropColumn;
        if (
            !isDrop
            || SqliteTable.Find(connection, statement.Table!) is not { IsVirtual: false } table
            || earlier.OfTable(table.Name) is not { } name
        )
        {
            return;
        }

        if (statement.Kind == StatementKind.DropTable)
        {
            KeepTable(table, name);
        }
        else if (table.HasKey && Column(table, statement.Column!) is { } column)
        {
            // Without a key, rows are told apart by their rowid and all that they hold.
            var key = IsKeyed(table) ? table.PrimaryKey : table.Columns;
            var stored = ColumnsOf(table, key).Where(c => c != column).Append(column);
            KeepColumn(table, name, [.. stored], IsFilledIn(table, column));
        }
    }

    /// <summary>Takes out again what the step did not take away: it rebuilt the table under its name.</summary>
    /// <returns>What the step has archived.</returns>
    public IReadOnlyList<ArchiveEntry> Finish()
    {
        foreach (var archive in _archives.Where(a => a.Scope == ArchiveScope.Table).ToArray())
        {
            var now = SqliteTable.Find(connection, archive.Entry.Table);
            if (now is { IsVirtual: false } rebuilt)
            {
                KeepOnlyMissing(archive, rebuilt);
            }
        }

        return _archives.ConvertAll(archive => archive.Entry);
    }

    /// <summary>Whether each row has a key. SQLite allows NULL in keys that are no INTEGER PRIMARY KEY, as often as one likes.</summary>
    private bool IsKeyed(SqliteTable table)
    {
        var isNull = table.PrimaryKey.Select(column => $"{SqliteCommands.Quote(column)} IS NULL");
        return table.PrimaryKey.Count > 0
            && !connection.Any($"SELECT 1 FROM {table.Quoted} WHERE {string.Join(" OR ", isNull)}");
    }

    private void KeepTable(SqliteTable table, string name)
    {
        var sequence = SqliteSequence.Read(connection, table.Name);
        if (table.Count(connection) == 0 && sequence is null)
        {
            return;
        }

        var archive = Add(name, column: null, ArchiveScope.Table, sequence);
        _keys[archive.Entry.Id] =
        [
            .. ColumnsOf(table, table.PrimaryKey).Select(column => column.Earlier),
        ];
        Keep(archive, Copy(table, archive, ColumnsOf(table, table.Columns)));
    }

    /// <param name="source">The table, or a copy of it.</param>
    /// <param name="name">The table's earlier name.</param>
    /// <param name="stored">The columns that tell the rows apart and, as the last one, the column.</param>
    /// <param name="evenIfNull">Whether it is kept where no row has a value: the next Up may fill one in.</param>
    private void KeepColumn(SqliteTable source, string name, StoredColumn[] stored, bool evenIfNull)
    {
        var value = SqliteCommands.Quote(stored[^1].Now);
        if (
            !evenIfNull
            && !connection.Any($"SELECT 1 FROM {source.Quoted} WHERE {value} IS NOT NULL LIMIT 1")
        )
        {
            return;
        }

        var archive = Add(name, stored[^1].Earlier, ArchiveScope.Column, sequence: null);
        Keep(archive, Copy(source, archive, stored));
    }

    private long Copy(SqliteTable source, StoredArchive archive, StoredColumn[] columns)
    {
        var names = SqliteTable.List(columns.Select(column => column.Earlier));
        connection.Execute($"CREATE TABLE {archive.Quoted} ({names})");
        var values = SqliteTable.List(columns.Select(column => column.Now));
        if (source.RowId is { } from && ArchivedRows.TableOf(connection, archive)!.RowId is { } to)
        {
            (names, values) = ($"{to}, {names}", $"{from}, {values}");
        }

        return connection.Change(
            $"INSERT INTO {archive.Quoted} ({names}) SELECT {values} FROM {source.Quoted}"
        );
    }

    private void KeepOnlyMissing(StoredArchive archive, SqliteTable rebuilt)
    {
        var copy = ArchivedRows.TableOf(connection, archive)!;
        var missing = copy.Columns.Where(column => !rebuilt.HasColumns([column])).ToArray();
        if (copy.RowId is null || KeyOfBoth(archive, copy, rebuilt) is not { } key)
        {
            KeepUnlessCounted(archive, rebuilt, missing);
            return;
        }

        foreach (var column in missing)
        {
            StoredColumn[] stored = [.. key.Append(column).Select(c => new StoredColumn(c, c))];
            KeepColumn(copy, archive.Entry.Table, stored, evenIfNull: true);
        }

        connection.Execute(
            $"""
            DELETE FROM {archive.Quoted} WHERE {copy.RowId} IN
                (SELECT a.{copy.RowId} FROM {SameRows(archive, rebuilt, key)})
            """
        );
        KeepRest(archive, ArchiveScope.Rows);
    }

    /// <summary>Columns that tell which row of the one is which row of the other; <see langword="null"/> where none do.</summary>
    private IReadOnlyList<string>? KeyOfBoth(
        StoredArchive archive,
        SqliteTable copy,
        SqliteTable rebuilt
    )
    {
        IReadOnlyList<string>[] keys = [rebuilt.PrimaryKey, _keys[archive.Entry.Id]];
        return Array.Find(
            keys,
            key =>
                key.Count > 0
                && copy.HasColumns(key)
                && rebuilt.HasColumns(key)
                && !connection.Any(
                    $"SELECT 1 FROM {SameRows(archive, rebuilt, key)} GROUP BY {SqliteTable.List(key, "t.")} HAVING count(*) > 1"
                )
        );
    }

    private static string SameRows(
        StoredArchive archive,
        SqliteTable rebuilt,
        IReadOnlyList<string> key
    ) => $"{archive.Quoted} AS a JOIN {rebuilt.Quoted} AS t ON {ArchivedRows.SameKey(key)}";

    /// <summary>Without a key rows cannot be told apart: as many rows as before are taken for the same ones.</summary>
    private void KeepUnlessCounted(StoredArchive archive, SqliteTable rebuilt, string[] missing)
    {
        if (missing.Length == 0 && rebuilt.Count(connection) >= archive.Entry.Rows)
        {
            connection.Execute($"DELETE FROM {archive.Quoted}");
        }

        KeepRest(archive, ArchiveScope.Copy);
    }

    private void KeepRest(StoredArchive archive, ArchiveScope scope)
    {
        _archives.Remove(archive);
        var rest = ArchivedRows.Count(connection, archive);
        if (rest == 0)
        {
            VersionArchiveTable.Remove(connection, archive);
            return;
        }

        Keep(archive with { Scope = scope }, rest);
    }

    private StoredArchive Add(string table, string? column, ArchiveScope scope, long? sequence) =>
        VersionArchiveTable.Add(
            connection,
            new StoredArchive(
                new ArchiveEntry(
                    Id: 0,
                    step.RunId,
                    step.Migration,
                    table,
                    column,
                    ArchiveState.Kept,
                    Reason: null,
                    Rows: 0,
                    DateTime.UtcNow
                ),
                scope,
                sequence
            )
        );

    private void Keep(StoredArchive archive, long rows)
    {
        var counted = archive with { Entry = archive.Entry with { Rows = rows } };
        if (rows == 0 && archive.Sequence is null)
        {
            VersionArchiveTable.Remove(connection, counted);
            return;
        }

        VersionArchiveTable.Update(connection, counted);
        _archives.Add(counted);
    }

    /// <summary>Those of the columns that were there before the step, as the table spells them.</summary>
    private StoredColumn[] ColumnsOf(SqliteTable table, IEnumerable<string> columns) =>
        [.. columns.Select(column => Column(table, column)).OfType<StoredColumn>()];

    /// <summary>The column; <see langword="null"/> where it holds no values or the step has added it.</summary>
    private StoredColumn? Column(SqliteTable table, string column) =>
        table.Columns.FirstOrDefault(c => SqliteNames.Comparer.Equals(c, column)) is { } now
        && earlier.OfColumn(table.Name, now) is { } then
            ? new StoredColumn(now, then)
            : null;

    /// <summary>Whether adding the column again would give it a value by itself.</summary>
    private bool IsFilledIn(SqliteTable table, StoredColumn column) =>
        connection.Any(
            "SELECT 1 FROM pragma_table_xinfo($table, 'main') WHERE name = $column AND dflt_value IS NOT NULL",
            ("$table", table.Name),
            ("$column", column.Now)
        );

    /// <param name="Now">What it is called while it is copied.</param>
    /// <param name="Earlier">What it was called before the step.</param>
    private sealed record StoredColumn(string Now, string Earlier);
}
