using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>A column of a table whose rows are archived.</summary>
/// <param name="Now">What it is called while it is copied.</param>
/// <param name="Earlier">What it was called before the step, and is called in the archive.</param>
internal sealed record StoredColumn(string Now, string Earlier);

/// <summary>
/// Makes the archive entries of one Down. The columns of an archive table have no type, so that SQLite converts nothing
/// and every value comes back as it was. Tables and columns have the names there that they had before the step, since
/// those are the ones that its Up gives them again.
/// </summary>
internal sealed class ArchiveWriter(ISession session, StepScope step, EarlierNames earlier)
{
    private readonly List<StoredArchive> _archives = [];
    private bool? _upFillsTables;

    /// <summary>What was archived so far.</summary>
    public IReadOnlyList<StoredArchive> Archives => _archives;

    /// <summary>
    /// Whether an entry without rows says something: the Up may insert rows, which are to be gone again once it has run.
    /// </summary>
    public bool NeedsEmptyEntries => _upFillsTables ??= MayFill(step.RevertedSql());

    /// <summary>Begins an entry and makes its table.</summary>
    /// <param name="source">The table, or a copy of it, and the name that it had before the step.</param>
    /// <param name="scope">What of it is archived.</param>
    /// <param name="stored">Which columns; of values of one column, that column is the last.</param>
    /// <param name="sequence">The last number that the table has given; <see langword="null"/> where it does not count.</param>
    public StoredArchive Begin(
        (StoredTable Table, string Name) source,
        ArchiveScope scope,
        StoredColumn[] stored,
        long? sequence = null
    )
    {
        var entry = new ArchiveEntry(
            Id: 0,
            step.RunId,
            step.Migration,
            source.Name,
            scope == ArchiveScope.Column ? stored[^1].Earlier : null,
            ArchiveState.Kept,
            Reason: null,
            Rows: 0,
            DateTime.UtcNow
        );
        var archive = VersionArchiveTable.Add(
            session,
            new StoredArchive(entry, scope, sequence, session.Dialect)
        );
        session.Rows.CreateStore(
            archive.Quoted,
            source.Table,
            stored.Select(column => (column.Now, column.Earlier))
        );
        return archive;
    }

    /// <summary>Copies these columns of every row, with the rowids where both tables have them.</summary>
    /// <returns>How many rows were copied; those whose rowid the archive has already are not.</returns>
    /// <param name="source">The table.</param>
    /// <param name="archive">The entry.</param>
    /// <param name="columns">Which columns.</param>
    /// <param name="except">The condition of rows <c>t</c> that are left out; <see langword="null"/> for none.</param>
    public long Copy(
        StoredTable source,
        StoredArchive archive,
        IEnumerable<StoredColumn> columns,
        string? except = null
    )
    {
        var stored = columns.ToArray();
        var names = StoredTable.List(stored.Select(column => column.Earlier));
        var values = StoredTable.List(stored.Select(column => column.Now));
        if (source.RowId is { } from && ArchivedRows.TableOf(session, archive)!.RowId is { } to)
        {
            (names, values) = ($"{to}, {names}", $"{from}, {values}");
        }

        return session.Change(
            $"INSERT{session.Dialect.OrIgnore} INTO {archive.Quoted} ({names}) SELECT {values} FROM {source.Quoted} AS t{(except is null ? "" : $" WHERE NOT ({except})")}"
        );
    }

    /// <summary>Ends an entry: it has so many rows. One that says nothing is removed again.</summary>
    public void Keep(StoredArchive archive, long rows)
    {
        _archives.RemoveAll(known => known.Entry.Id == archive.Entry.Id);
        var counted = archive with { Entry = archive.Entry with { Rows = rows } };
        if (rows == 0 && !SaysSomething(archive))
        {
            VersionArchiveTable.Remove(session, counted);
            return;
        }

        VersionArchiveTable.Update(session, counted);
        _archives.Add(counted);
    }

    /// <summary>Removes an entry that turned out to be of nothing that is gone.</summary>
    public void Remove(StoredArchive archive)
    {
        _archives.RemoveAll(known => known.Entry.Id == archive.Entry.Id);
        VersionArchiveTable.Remove(session, archive);
    }

    /// <summary>Those of the columns that were there before the step, as the table spells them.</summary>
    public StoredColumn[] ColumnsOf(StoredTable table, IEnumerable<string> columns) =>
        [.. columns.Select(column => Column(table, column)).OfType<StoredColumn>()];

    /// <summary>The column; <see langword="null"/> where it holds no values or the step has added it.</summary>
    public StoredColumn? Column(StoredTable table, string column) =>
        table.Columns.FirstOrDefault(c => session.Dialect.Names.Equals(c, column)) is { } now
        && earlier.OfColumn(table.Name, now) is { } then
            ? new StoredColumn(now, then)
            : null;

    /// <summary>Whether an entry without rows is worth keeping: for its counter, or since the table is to be as empty again.</summary>
    private bool SaysSomething(StoredArchive archive) =>
        archive.Scope != ArchiveScope.Column && (archive.Sequence is not null || NeedsEmptyEntries);

    private bool MayFill(string? up) =>
        up is null
        || session
            .Dialect.Parse(up)
            .Any(statement =>
                statement.IsOpaque
                || statement.ControlsTransaction
                || statement.MakesTableOfQuery
                || statement.Has(EffectKind.Insert)
                || statement.Has(EffectKind.Update)
            );
}
