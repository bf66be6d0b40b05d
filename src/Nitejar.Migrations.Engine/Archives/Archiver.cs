using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>
/// Archives what a Down removes: tables that it drops as a whole and as they were when the step began, the rows that
/// it deletes from others as they go, and the values of columns that it drops.
/// </summary>
internal sealed class Archiver(ISession session, StepScope step, EarlierNames earlier)
{
    private readonly ArchiveWriter _writer = new(session, step, earlier);
    private readonly List<WholeTable> _whole = [];
    private DeletedRows? _deleted;
    private IReadOnlyCollection<string> _dropped = [];

    /// <summary>Copies the tables that the step will drop.</summary>
    /// <param name="statements">What the step will execute.</param>
    /// <param name="dropped">The tables that it will drop.</param>
    public void Begin(StepStatements statements, IReadOnlyCollection<string> dropped)
    {
        var before = VersionArchiveTable.Read(session);
        _deleted = new DeletedRows(session, _writer, earlier);
        _deleted.Begin(statements);
        _dropped = dropped;
        foreach (var name in _dropped)
        {
            if (session.Tables.Find(name) is { IsVirtual: false } table)
            {
                var begun = before.FirstOrDefault(archive => IsBegun(archive, table.Name));
                _whole.Add(WholeTable.Copy(session, _writer, (table, table.Name), begun));
            }
        }
    }

    /// <summary>Copies what the statement removes of tables that stay.</summary>
    public void Before(Statement statement)
    {
        if (!statement.Has(EffectKind.Delete))
        {
            _deleted!.Pause();
        }

        foreach (var effect in statement.Effects)
        {
            if (
                effect.Kind is EffectKind.Delete or EffectKind.DropColumn or EffectKind.DropTable
                && session.Tables.Find(effect.Name) is { IsVirtual: false } table
                && earlier.OfTable(table.Name) is { } name
            )
            {
                Before(effect, table, name);
            }
        }
    }

    /// <summary>The statement was executed.</summary>
    public void After(Statement statement) => _deleted!.After(statement);

    private void Before(Effect effect, StoredTable table, string name)
    {
        if (effect.Kind == EffectKind.DropTable)
        {
            if (step.CommitsEachStatement)
            {
                AddNewRows(table, name);
            }
        }
        else if (_dropped.Contains(name, session.Dialect.Names))
        {
            // The copy of the whole table has what goes.
        }
        else if (effect is { Kind: EffectKind.Delete, IsOfAllRows: true })
        {
            _deleted!.TakeAll(table, _dropped);
        }
        else if (effect.Kind == EffectKind.Delete)
        {
            _deleted!.Watch(table, _dropped);
        }
        else if (table.HasKey && _writer.Column(table, effect.Column!) is { } column)
        {
            // Without a key, rows are told apart by their rowid and all that they hold.
            var key = IsKeyed(table) ? table.PrimaryKey : table.Columns;
            var stored = _writer.ColumnsOf(table, key).Where(c => c != column).Append(column);
            DroppedValues.Keep(
                session,
                _writer,
                (table, name),
                [.. stored],
                IsFilledIn(table, column)
            );
        }
    }

    /// <summary>Takes out again what the step did not remove: it rebuilt the table under its name.</summary>
    /// <returns>What the step has archived.</returns>
    public IReadOnlyList<ArchiveEntry> Finish()
    {
        _deleted!.Finish();
        foreach (var table in _whole)
        {
            table.Finish(session, _writer);
        }

        return [.. _writer.Archives.Select(archive => archive.Entry)];
    }

    /// <summary>Without a transaction others may have added rows since the step began, also where there was none.</summary>
    private void AddNewRows(StoredTable table, string name)
    {
        var known = _whole.FindIndex(whole =>
            session.Dialect.Names.Equals(whole.Archive.Entry.Table, name)
        );
        if (known >= 0 && ArchivedRows.TableOf(session, _whole[known].Archive) is null)
        {
            _whole[known] = WholeTable.Copy(session, _writer, (table, name), begun: null);
        }
        else if (known >= 0)
        {
            _whole[known].Add(session, _writer, table);
        }
    }

    /// <summary>Whether an interrupted part of the same Down, which had no transaction, has copied the table already.</summary>
    private bool IsBegun(StoredArchive archive, string table) =>
        archive.Scope == ArchiveScope.Table
        && archive.Entry.RunId == step.RunId
        && archive.Entry.Migration.Version == step.Migration.Version
        && session.Dialect.Names.Equals(archive.Entry.Table, table);

    /// <summary>Whether each row has a key. SQLite allows NULL in keys that are not an INTEGER PRIMARY KEY, as often as one likes.</summary>
    private bool IsKeyed(StoredTable table)
    {
        var isNull = table.PrimaryKey.Select(column => $"{Identifier.Quote(column)} IS NULL");
        return table.PrimaryKey.Count > 0
            && !session.Any($"SELECT 1 FROM {table.Quoted} WHERE {string.Join(" OR ", isNull)}");
    }

    /// <summary>Whether adding the column again would give it a value by itself.</summary>
    private bool IsFilledIn(StoredTable table, StoredColumn column) =>
        session.ReadColumn(table.Name, column.Now)?.Default is not null;
}
