using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>
/// Archives the rows that DELETE statements of a Down take out of tables that stay, as they go: temporary triggers see
/// each of them, those that a foreign key or a trigger takes with it included. What a foreign key sets to NULL or to its
/// default is archived as values of its column.
/// </summary>
internal sealed class DeletedRows(ISession session, ArchiveWriter writer, EarlierNames earlier)
{
    private const string TriggerPrefix = "nitejar_taken_";

    private readonly InsertedRows _inserted = new(session);
    private readonly Dictionary<string, StoredArchive> _archives = new(session.Dialect.Names);

    /// <summary>Tables whose rows, and what goes with them, are seen at the moment.</summary>
    private readonly HashSet<string> _covered = new(session.Dialect.Names);

    /// <summary>Tables whose rows are deleted by the statements themselves: that none was there says something too.</summary>
    private readonly HashSet<string> _named = new(session.Dialect.Names);

    private readonly Dictionary<string, string> _triggers = new(session.Dialect.Names);

    /// <summary>Notes which rows the step itself adds to tables that it also deletes from: they are not what it found.</summary>
    public void Begin(StepStatements statements)
    {
        if (
            statements.All.All(statement => !statement.Has(EffectKind.Delete))
            || statements.All.All(IsWithoutRows)
        )
        {
            return;
        }

        foreach (var name in session.Tables.ReadNames())
        {
            if (statements.Mentions(name) && session.Tables.Find(name) is { } table)
            {
                _inserted.Watch(table);
            }
        }
    }

    /// <summary>A statement is about to delete rows of this table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="except">Earlier names of tables that are archived as a whole.</param>
    public void Watch(StoredTable table, IReadOnlyCollection<string> except)
    {
        if (_covered.Contains(table.Name))
        {
            return;
        }

        var reach = DeleteReach.Of(session, table.Name, session.Rows.ActionsTakeEffect);
        foreach (var (reached, name) in Known(reach.Tables, except))
        {
            WatchRows(reached, name);
            _covered.Add(reached.Name);
            _named.Add(name);
        }

        foreach (var (reached, name) in Known(reach.Others, except))
        {
            WatchRows(reached, name);
        }

        foreach (var column in reach.Columns)
        {
            foreach (var (reached, name) in Known([column.Table], except))
            {
                WatchColumn(reached, name, column.Column);
            }
        }
    }

    /// <summary>A statement is about to remove all rows of this table, which no trigger sees (TRUNCATE).</summary>
    /// <param name="table">The table.</param>
    /// <param name="except">Earlier names of tables that are archived as a whole.</param>
    public void TakeAll(StoredTable table, IReadOnlyCollection<string> except)
    {
        foreach (var (known, name) in Known([table.Name], except))
        {
            var columns = writer.ColumnsOf(known, known.Columns);
            writer.Copy(
                known,
                RowsOf(known, name, columns),
                columns,
                except: _inserted.Condition(known)
            );
            _named.Add(name);
        }
    }

    /// <summary>A statement was executed.</summary>
    public void After(Statement statement) => _inserted.After(statement);

    /// <summary>A statement of another kind is about to be executed, for which triggers may be in the way.</summary>
    public void Pause()
    {
        foreach (var trigger in _triggers.Values)
        {
            session.Rows.DropTrigger(trigger);
        }

        _triggers.Clear();
        _covered.Clear();
    }

    /// <summary>The step has executed its statements.</summary>
    public void Finish()
    {
        Pause();
        _inserted.End();
        foreach (var (name, archive) in _archives)
        {
            var rows = ArchivedRows.Count(session, archive);
            if (rows == 0 && !(writer.NeedsEmptyEntries && _named.Contains(name)))
            {
                writer.Remove(archive);
            }
            else
            {
                writer.Keep(archive, rows);
            }
        }
    }

    /// <summary>Those of the tables that were there before the step, with their names from then.</summary>
    private IEnumerable<(StoredTable Table, string Name)> Known(
        IEnumerable<string> names,
        IReadOnlyCollection<string> except
    )
    {
        foreach (var name in names)
        {
            if (
                session.Tables.Find(name) is { IsVirtual: false } table
                && earlier.OfTable(table.Name) is { } known
                && !except.Contains(known, session.Dialect.Names)
            )
            {
                yield return (table, known);
            }
        }
    }

    private void WatchRows(StoredTable table, string name)
    {
        if (_triggers.ContainsKey(table.Name))
        {
            return;
        }

        var columns = writer.ColumnsOf(table, table.Columns);
        AddTrigger(table, RowsOf(table, name, columns), columns, "DELETE");
    }

    /// <summary>The entry for deleted rows of a table.</summary>
    private StoredArchive RowsOf(StoredTable table, string name, StoredColumn[] columns)
    {
        if (!_archives.TryGetValue(name, out var archive))
        {
            var sequence = session.Rows.ReadCounter(table.Name);
            archive = writer.Begin((table, name), ArchiveScope.Rows, columns, sequence);
            _archives[name] = archive;
        }

        return archive;
    }

    private void WatchColumn(StoredTable table, string name, string column)
    {
        var key = $"{name}.{column}";
        if (
            _triggers.ContainsKey(key)
            || !table.HasKey
            || writer.Column(table, column) is not { } value
        )
        {
            return;
        }

        var columns = writer
            .ColumnsOf(table, table.PrimaryKey.Count > 0 ? table.PrimaryKey : table.Columns)
            .Where(c => c != value)
            .Append(value)
            .ToArray();
        if (!_archives.TryGetValue(key, out var archive))
        {
            archive = writer.Begin((table, name), ArchiveScope.Column, columns);
            _archives[key] = archive;
        }

        AddTrigger(table, archive, columns, $"UPDATE OF {Identifier.Quote(value.Now)}", key);
    }

    private void AddTrigger(
        StoredTable table,
        StoredArchive archive,
        StoredColumn[] columns,
        string what,
        string? key = null
    )
    {
        var copy = ArchivedRows.TableOf(session, archive)!;
        var there = columns.Where(column => copy.HasColumns([column.Earlier])).ToArray();
        var names = StoredTable.List(there.Select(column => column.Earlier));
        var values = StoredTable.List(there.Select(column => column.Now), "OLD.");
        if (table.RowId is { } from && copy.RowId is { } to)
        {
            (names, values) = ($"{to}, {names}", $"OLD.{from}, {values}");
        }

        var trigger = $"{TriggerPrefix}{archive.Entry.Id}";
        var store = Identifier.Quote(archive.Entry.ArchiveTable);
        session.Rows.CreateTrigger(
            new RowTrigger(
                trigger,
                what,
                table.Quoted,
                $"INSERT{session.Dialect.OrIgnore} INTO {store} ({names}) VALUES ({values})"
            )
            {
                When = _inserted.Condition(table, "OLD") is { } isOwn ? $"NOT ({isOwn})" : null,
            }
        );
        _triggers[key ?? table.Name] = trigger;
    }

    /// <summary>Whether the statement adds no rows.</summary>
    private static bool IsWithoutRows(Statement statement) =>
        !statement.IsOpaque
        && !statement.ControlsTransaction
        && !statement.MakesTableOfQuery
        && !statement.Has(EffectKind.Insert);
}
