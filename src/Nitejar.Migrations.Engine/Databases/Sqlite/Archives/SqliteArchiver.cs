using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Guards;
using Nitejar.Migrations.Engine.Databases.Sqlite.History;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>
/// Archives what a Down takes away: tables that it drops as a whole and as they were when the step began, the rows that
/// it deletes from others as they go, and the values of columns that it drops.
/// </summary>
internal sealed class SqliteArchiver(
    SqliteConnection connection,
    StepScope step,
    EarlierNames earlier,
    SqliteForeignKeyActions actions
)
{
    private readonly ArchiveWriter _writer = new(connection, step, earlier);
    private readonly List<WholeTable> _whole = [];
    private DeletedRows? _deleted;
    private IReadOnlyCollection<string> _dropped = [];

    /// <summary>Copies the tables that the step will drop.</summary>
    /// <param name="statements">What the step will execute.</param>
    /// <param name="dropped">The tables that it will drop.</param>
    public void Begin(StepStatements statements, IReadOnlyCollection<string> dropped)
    {
        var before = VersionArchiveTable.Read(connection);
        _deleted = new DeletedRows(connection, _writer, earlier, actions);
        _deleted.Begin(statements);
        _dropped = dropped;
        foreach (var name in _dropped)
        {
            if (SqliteTable.Find(connection, name) is { IsVirtual: false } table)
            {
                var begun = before.FirstOrDefault(archive => IsBegun(archive, table.Name));
                _whole.Add(WholeTable.Copy(connection, _writer, (table, table.Name), begun));
            }
        }
    }

    /// <summary>Copies what the statement takes away of a table that stays.</summary>
    public void Before(SqliteStatement statement)
    {
        if (statement.Kind != StatementKind.Delete)
        {
            _deleted!.Pause();
        }

        if (
            statement.Kind
                is not (StatementKind.Delete or StatementKind.DropColumn or StatementKind.DropTable)
            || SqliteTable.Find(connection, statement.Table!) is not { IsVirtual: false } table
            || earlier.OfTable(table.Name) is not { } name
        )
        {
            return;
        }

        if (statement.Kind == StatementKind.DropTable)
        {
            if (step.CommitsEachStatement)
            {
                AddNewRows(table, name);
            }
        }
        else if (_dropped.Contains(name, SqliteNames.Comparer))
        {
            // The copy of the whole table has what goes.
        }
        else if (statement.Kind == StatementKind.Delete)
        {
            _deleted!.Watch(table, _dropped);
        }
        else if (table.HasKey && _writer.Column(table, statement.Column!) is { } column)
        {
            // Without a key, rows are told apart by their rowid and all that they hold.
            var key = IsKeyed(table) ? table.PrimaryKey : table.Columns;
            var stored = _writer.ColumnsOf(table, key).Where(c => c != column).Append(column);
            DroppedValues.Keep(
                connection,
                _writer,
                (table, name),
                [.. stored],
                IsFilledIn(table, column)
            );
        }
    }

    /// <summary>Takes out again what the step did not take away: it rebuilt the table under its name.</summary>
    /// <returns>What the step has archived.</returns>
    public IReadOnlyList<ArchiveEntry> Finish()
    {
        _deleted!.Finish();
        foreach (var table in _whole)
        {
            table.Finish(connection, _writer);
        }

        return [.. _writer.Archives.Select(archive => archive.Entry)];
    }

    /// <summary>Without a transaction others may have added rows since the step began, also where there was none.</summary>
    private void AddNewRows(SqliteTable table, string name)
    {
        var known = _whole.FindIndex(whole =>
            SqliteNames.Comparer.Equals(whole.Archive.Entry.Table, name)
        );
        if (known >= 0 && ArchivedRows.TableOf(connection, _whole[known].Archive) is null)
        {
            _whole[known] = WholeTable.Copy(connection, _writer, (table, name), begun: null);
        }
        else if (known >= 0)
        {
            _whole[known].Add(connection, _writer, table);
        }
    }

    /// <summary>Whether an interrupted part of the same Down, which had no transaction, has copied the table already.</summary>
    private bool IsBegun(StoredArchive archive, string table) =>
        archive.Scope == ArchiveScope.Table
        && archive.Entry.RunId == step.RunId
        && archive.Entry.Migration.Version == step.Migration.Version
        && SqliteNames.Comparer.Equals(archive.Entry.Table, table);

    /// <summary>Whether each row has a key. SQLite allows NULL in keys that are no INTEGER PRIMARY KEY, as often as one likes.</summary>
    private bool IsKeyed(SqliteTable table)
    {
        var isNull = table.PrimaryKey.Select(column => $"{SqliteCommands.Quote(column)} IS NULL");
        return table.PrimaryKey.Count > 0
            && !connection.Any($"SELECT 1 FROM {table.Quoted} WHERE {string.Join(" OR ", isNull)}");
    }

    /// <summary>Whether adding the column again would give it a value by itself.</summary>
    private bool IsFilledIn(SqliteTable table, StoredColumn column) =>
        SqliteSchemaReader.ReadColumn(connection, table.Name, column.Now)?.Default is not null;
}
