using Nitejar.Migrations.Engine.Archives.Restoring.Placing;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>
/// Rows that came back with their table and refer to rows which other migrations bring back later: a table of one
/// migration filled by another. During a run they are in their table, so that the migrations in between change them like
/// all others. What still refers to nothing when the run is about to be committed is taken out again, and waits in the
/// archive for the next run.
/// </summary>
internal sealed class WaitingRows(ISession session)
{
    private const string NotYetBack =
        "they refer to rows of a migration that is not applied again yet";

    /// <summary>SQL may have 1,000,000 characters.</summary>
    private const int MostListed = 50_000;

    private const string NotBack = "the rows that they refer to did not come back";
    private readonly RowsByTable<MarkedRows> _marked = new(
        session.Dialect.Names,
        whenDropped: rows => rows with { Rows = null }
    );

    /// <summary>Puts those back for the time of this run that wait since an earlier one.</summary>
    /// <returns>How many of them each table has now.</returns>
    public IReadOnlyDictionary<string, long> Unpark()
    {
        var waiting = VersionArchiveTable
            .Read(session)
            .Where(archive =>
                archive.Entry is { State: ArchiveState.Waiting, Column: null }
                && !IsWithoutTable(archive)
            )
            .ToArray();
        Array.ForEach(waiting, archive => ArchivedRows.TakeTypes(session, archive));
        var restorations = Array.ConvertAll(
            waiting,
            archive => new RowRestoration(
                new RowPlaces(
                    session,
                    archive,
                    session.Tables.Find(archive.Entry.Table)!,
                    SeedRule.Kept
                )
                {
                    WereParked = true,
                }
            )
        );
        var counts = new Dictionary<string, long>(session.Dialect.Names);
        using (session.Rows.PauseEffects(waiting.Select(archive => archive.Entry.Table)))
        {
            foreach (var rows in restorations)
            {
                rows.Insert();
                Mark(rows);
            }

            foreach (var back in restorations.Select(rows => rows.Finish(haveStayed: true)))
            {
                counts[back.Table] = counts.GetValueOrDefault(back.Table) + back.Rows;
            }
        }

        return counts;
    }

    /// <summary>Whether other migrations have rows in the archive that are still to come back.</summary>
    public bool AreOthersToCome(long version) =>
        VersionArchiveTable
            .Read(session)
            .Any(archive => IsToCome(archive) && archive.Entry.Migration.Version != version);

    /// <summary>Remembers those of the rows that refer to nothing.</summary>
    public void Mark(RowRestoration restoration)
    {
        var table = restoration.Table;
        if (DanglingRows.Condition(session, table.Name) is not { } dangling)
        {
            return;
        }

        var owner = restoration.Archive.Entry.Migration;
        if (table.Number is not { } number)
        {
            _marked[table.Name] = new MarkedRows(owner, Rows: null);
            return;
        }

        var found = session.Query(
            $"SELECT CAST(t.{Identifier.Quote(number)} AS {session.Dialect.Types.Integer}) FROM {table.Quoted} AS t WHERE ({dangling}) AND EXISTS (SELECT 1 FROM {restoration.Archive.Quoted} AS a WHERE {restoration.Places.SameRow})",
            row => row.GetInt64(0)
        );
        if (found.Count > 0)
        {
            var known = _marked[table.Name]?.Rows ?? [];
            _marked[table.Name] = new MarkedRows(owner, [.. known, .. found]);
        }
    }

    /// <summary>The condition that row <c>t</c> waits; <see langword="null"/> where the table has none, or too many to be listed.</summary>
    public string? Condition(StoredTable table) =>
        table.Number is not null
        && _marked[table.Name]?.Rows is { Count: > 0 and <= MostListed } rows
            ? table.IsNumbered(rows)
            : null;

    /// <summary>Follows what a statement has done to the tables.</summary>
    public void After(Statement statement) => _marked.After(statement);

    /// <summary>Takes out what still refers to nothing, and all that refers to it.</summary>
    /// <param name="runId">The run.</param>
    /// <returns>What was taken out: it waits, or is left over where nothing is to come any more.</returns>
    public IReadOnlyList<ArchiveEntry> Park(string runId)
    {
        if (_marked.All.Count == 0)
        {
            return [];
        }

        var (state, reason) = VersionArchiveTable.Read(session).Any(IsToCome)
            ? (ArchiveState.Waiting, NotYetBack)
            : (ArchiveState.LeftOver, NotBack);
        using (session.Rows.PauseEffects(_marked.All.Keys))
        {
            var parking = new Parking(session, runId, state, reason);
            parking.Begin(_marked.All);
            _marked.Clear();
            return parking.End();
        }
    }

    private bool IsWithoutTable(StoredArchive archive) =>
        session.Tables.Find(archive.Entry.Table) is not { IsVirtual: false } table
        || !table.HasColumns(ArchivedRows.ColumnsOf(session, archive));

    private static bool IsToCome(StoredArchive archive) =>
        archive
            is {
                Scope: ArchiveScope.Table or ArchiveScope.Rows,
                Entry: { State: ArchiveState.Kept, Rows: > 0 }
            };
}

/// <summary>Rows of one table that refer to nothing.</summary>
/// <param name="Owner">The migration that they came back with.</param>
/// <param name="Rows">Their row numbers; <see langword="null"/> where those tell nothing, for any of the table.</param>
internal sealed record MarkedRows(MigrationId Owner, HashSet<long>? Rows);
