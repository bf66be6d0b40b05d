using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>
/// Copies rows into the archive before a statement of a Down drops them. The columns of an archive table have no
/// type, so that SQLite converts nothing and every value comes back as it was.
/// </summary>
internal sealed class SqliteArchiver(SqliteConnection connection, StepScope step)
{
    private readonly List<StoredArchive> _archives = [];

    /// <summary>Copies what the statement will drop.</summary>
    public void Before(SqliteStatement statement)
    {
        var isDrop = statement.Kind is StatementKind.DropTable or StatementKind.DropColumn;
        if (
            !isDrop
            || SqliteTable.Find(connection, statement.Table!) is not { IsVirtual: false } table
        )
        {
            return;
        }

        if (statement.Kind == StatementKind.DropTable)
        {
            Settle(table);
            KeepTable(table);
        }
        else if (table.HasKey && table.HasColumns([statement.Column!]))
        {
            // Where the column has a default, adding it again would fill it in; so NULL is kept as well.
            var keepsNull = HasDefault(table.Name, statement.Column!);
            KeepColumn(table, statement.Column!, table.Quoted, keepsNull);
        }
    }

    /// <summary>Takes out again what the step did not take away: it rebuilt the table under its name.</summary>
    /// <returns>What the step has archived.</returns>
    public IReadOnlyList<ArchiveEntry> Finish()
    {
        var dropped = _archives.Where(a => a.Scope == ArchiveScope.Table);
        foreach (var name in dropped.Select(a => a.Entry.Table).Distinct().ToArray())
        {
            if (SqliteTable.Find(connection, name) is { } rebuilt)
            {
                Settle(rebuilt);
            }
        }

        return _archives.ConvertAll(archive => archive.Entry);
    }

    private void Settle(SqliteTable rebuilt)
    {
        var earlier = _archives.Where(a =>
            a.Scope == ArchiveScope.Table && a.Entry.Table == rebuilt.Name
        );
        foreach (var archive in earlier.ToArray())
        {
            KeepOnlyMissing(archive, rebuilt);
        }
    }

    private void KeepTable(SqliteTable table)
    {
        var sequence = SqliteSequence.Read(connection, table.Name);
        if (table.Count(connection) == 0 && sequence is null)
        {
            return;
        }

        var archive = Add(table.Name, column: null, ArchiveScope.Table, sequence);
        connection.Execute($"CREATE TABLE {archive.Quoted} ({SqliteTable.List(table.Columns)})");
        var rowId = table.RowId is null ? "" : table.RowId + ", ";
        var columns = rowId + SqliteTable.List(table.Columns);
        var rows = connection.Change(
            $"INSERT INTO {archive.Quoted} ({columns}) SELECT {columns} FROM {table.Quoted}"
        );
        Keep(archive, rows);
    }

    /// <summary>The key is the primary key or, without one, the rowid.</summary>
    private void KeepColumn(SqliteTable table, string column, string from, bool keepsNull)
    {
        var archive = Add(table.Name, column, ArchiveScope.Column, sequence: null);
        var stored = SqliteTable.List([.. table.PrimaryKey, column]);
        connection.Execute($"CREATE TABLE {archive.Quoted} ({stored})");

        var copied = table.PrimaryKey.Count > 0 ? stored : $"{table.RowId}, {stored}";
        var which = keepsNull ? "" : $" WHERE {SqliteCommands.Quote(column)} IS NOT NULL";
        var rows = connection.Change(
            $"INSERT INTO {archive.Quoted} ({copied}) SELECT {copied} FROM {from}{which}"
        );
        Keep(archive, rows);
    }

    private void KeepOnlyMissing(StoredArchive archive, SqliteTable rebuilt)
    {
        var columns = ArchivedRows.ColumnsOf(connection, archive);
        var missing = columns.Where(column => !rebuilt.HasColumns([column])).ToArray();
        if (rebuilt.PrimaryKey.Count == 0 || !ArchivedRows.Have(columns, rebuilt.PrimaryKey))
        {
            KeepUnlessCounted(archive, rebuilt, missing);
            return;
        }

        foreach (var column in missing)
        {
            KeepColumn(rebuilt, column, archive.Quoted, keepsNull: true);
        }

        connection.Execute(
            $"""
            DELETE FROM {archive.Quoted} AS a
            WHERE EXISTS (SELECT 1 FROM {rebuilt.Quoted} AS t WHERE {ArchivedRows.SameKey(
                rebuilt.PrimaryKey
            )})
            """
        );
        KeepRest(archive);
    }

    /// <summary>Without a key rows cannot be told apart: as many rows as before are taken for the same ones.</summary>
    private void KeepUnlessCounted(StoredArchive archive, SqliteTable rebuilt, string[] missing)
    {
        if (missing.Length == 0 && rebuilt.Count(connection) >= archive.Entry.Rows)
        {
            connection.Execute($"DELETE FROM {archive.Quoted}");
        }

        KeepRest(archive);
    }

    private void KeepRest(StoredArchive archive)
    {
        _archives.Remove(archive);
        var rest = ArchivedRows.Count(connection, archive);
        if (rest == 0)
        {
            VersionArchiveTable.Remove(connection, archive);
            return;
        }

        Keep(archive with { Scope = ArchiveScope.Rows }, rest);
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

    private bool HasDefault(string table, string column) =>
        connection.Any(
            "SELECT 1 FROM pragma_table_xinfo($table) WHERE name = $column COLLATE NOCASE AND dflt_value IS NOT NULL",
            ("$table", table),
            ("$column", column)
        );
}
