using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>Puts archived rows back after the Up of their migration.</summary>
internal sealed class ArchiveRestorer(ISession session, StepScope step, RowsInTransit transit)
{
    private const string Superseded = "a later run archived the same tables";

    private SeededTables? _tables;
    private IDisposable? _pause;
    private IReadOnlyList<StoredArchive> _kept = [];

    /// <summary>Looks, before the Up, for what there is to restore.</summary>
    public void Prepare(StepStatements statements)
    {
        _kept =
        [
            .. VersionArchiveTable
                .Read(session)
                .Where(a =>
                    a.Entry.State == ArchiveState.Kept
                    && a.Entry.Migration.Version == step.Migration.Version
                ),
        ];
        if (_kept.Count > 0 && step.KeepRows)
        {
            _tables = new SeededTables(session, step, statements, [.. Latest()]);
            session.Rows.CheckReferencesAtOnce(true);
        }
    }

    /// <summary>A statement of the Up is about to be executed.</summary>
    public void Before(Statement statement) => _tables?.Before(statement);

    /// <summary>A statement of the Up was executed.</summary>
    public void After(Statement statement) => _tables?.After(statement);

    /// <summary>
    /// Whether a statement of the Up may fail: what it would insert is replaced by archived rows, and is in the way of
    /// its later form.
    /// </summary>
    /// <param name="statement">The statement.</param>
    /// <param name="fault">Why it failed.</param>
    public bool Excuses(Statement statement, StatementFault fault) =>
        fault is StatementFault.KeyIsTaken or StatementFault.IsNotUnique
        && _tables is not null
        && _tables.Replaces(statement);

    /// <summary>
    /// Whether an index that failed can be made now: rows of the Up that are replaced by archived rows are removed before
    /// the others are, since one of them is in the way of its later form.
    /// </summary>
    /// <param name="statement">The statement.</param>
    /// <param name="fault">Why it failed.</param>
    public bool MakesRoom(Statement statement, StatementFault fault) =>
        fault == StatementFault.IsNotUnique
        && statement is { MakesUnique: true, Effects: [{ Table: { } table }] }
        && _tables is not null
        && _tables.RemoveReplaced(table.Name);

    /// <summary>
    /// Whether a statement of the Up that breaks a reference can be executed now: what it refers to may come back when the
    /// step is over, and until then no reference forbids anything.
    /// </summary>
    /// <param name="statement">The statement.</param>
    /// <param name="fault">Why it failed.</param>
    public bool WaitsForParents(Statement statement, StatementFault fault)
    {
        if (fault != StatementFault.HasNoParent || _tables is null || _pause is not null)
        {
            return false;
        }

        _pause = session.Rows.PauseReferences([
            .. Latest().Select(archive => archive.Entry.Table),
            .. statement.Effects.Select(effect => effect.Name),
        ]);
        return true;
    }

    /// <summary>Removes the rows from the archive for good.</summary>
    /// <returns>How many there were.</returns>
    public long Discard()
    {
        foreach (var archive in _kept)
        {
            VersionArchiveTable.Remove(session, archive);
        }

        return _kept.Sum(archive => archive.Entry.Rows);
    }

    /// <summary>Puts the rows back that fit, those of the latest run only.</summary>
    public StepData Restore()
    {
        if (_tables is null)
        {
            return StepData.None;
        }

        session.Rows.CheckReferencesAtOnce(false);
        _pause?.Dispose();
        var latest = _kept[^1].Entry.RunId;
        var superseded = _kept
            .Where(archive => archive.Entry.RunId != latest)
            .Select(archive => Leftovers.Leave(session, archive, Superseded))
            .ToArray();

        // The last archived was the first created: parents come before children.
        StoredArchive[] archives = [.. Latest().Reverse(), .. WaitingValues()];
        using (session.Rows.PauseEffects(archives.Select(archive => archive.Entry.Table)))
        {
            var restored = new Restoration(session, _tables, transit, step).PutBack(archives);
            _tables.End();
            return StepData.None with
            {
                Restored = [.. restored, .. superseded],
                IsOfChangedMigration = !_tables.IsUnchanged,
            };
        }
    }

    private IEnumerable<StoredArchive> Latest() =>
        _kept.Where(archive => archive.Entry.RunId == _kept[^1].Entry.RunId);

    /// <summary>Values of columns of other migrations, which are tried again.</summary>
    private IEnumerable<StoredArchive> WaitingValues() =>
        VersionArchiveTable
            .Read(session)
            .Where(archive => archive.Entry is { State: ArchiveState.Waiting, Column: not null });
}
