using Nitejar.Migrations.Engine.Archives.Restoring.Placing;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>Takes rows out of their tables into the archive, and with them the rows that refer to them.</summary>
/// <param name="session">The session of the run, with triggers off.</param>
/// <param name="runId">The run.</param>
/// <param name="state">What is to become of the rows.</param>
/// <param name="reason">Why they are taken out.</param>
internal sealed class Parking(ISession session, string runId, ArchiveState state, string reason)
{
    private readonly Dictionary<string, StoredArchive> _archives = new(session.Dialect.Names);

    /// <summary>Row numbers that dangled before anything was taken out: they are not a consequence of it.</summary>
    private readonly Dictionary<string, (HashSet<long> Rows, long Count)> _before = new(
        session.Dialect.Names
    );

    /// <summary>Takes out those of the marked rows that still refer to nothing.</summary>
    public void Begin(IReadOnlyDictionary<string, MarkedRows> marked)
    {
        var tables = Tables();
        foreach (var table in tables)
        {
            _before[table.Name] = DanglingRows.Read(session, table);
        }

        var owner = marked.Values.First().Owner;
        foreach (var table in tables)
        {
            if (marked.TryGetValue(table.Name, out var rows))
            {
                var numbers = rows.Rows is { } known
                    ? _before[table.Name].Rows.Intersect(known)
                    : _before[table.Name].Rows;
                TakeOut(table, rows.Owner, [.. numbers]);
            }
        }

        while (tables.Sum(table => TakeOutWhatFollows(table, owner)) > 0)
        {
            // What was taken out may have been the parent of something else.
        }
    }

    /// <summary>What was taken out.</summary>
    public IReadOnlyList<ArchiveEntry> End() =>
        [
            .. _archives.Values.Select(archive =>
            {
                var entry = archive.Entry with { Rows = ArchivedRows.Count(session, archive) };
                VersionArchiveTable.Update(session, archive with { Entry = entry });
                return entry;
            }),
        ];

    private List<StoredTable> Tables() =>
        [
            .. session
                .Tables.ReadNames()
                .Where(name => DanglingRows.Condition(session, name) is not null)
                .Select(name => session.Tables.Find(name)!),
        ];

    private long TakeOutWhatFollows(StoredTable table, MigrationId owner)
    {
        var (rows, count) = DanglingRows.Read(session, table);
        var before = _before[table.Name];
        rows.ExceptWith(before.Rows);
        return table.Number is null && count <= before.Count ? 0 : TakeOut(table, owner, [.. rows]);
    }

    /// <param name="table">The table.</param>
    /// <param name="owner">The migration that the rows came back with.</param>
    /// <param name="rows">Their numbers; of a table without any, all that refer to nothing are taken.</param>
    private long TakeOut(StoredTable table, MigrationId owner, long[] rows)
    {
        // A statement has so much room only.
        return table.Number is not null
            ? rows.Chunk(5000).Sum(part => TakeOut(table, owner, table.IsNumbered(part)))
            : TakeOut(table, owner, DanglingRows.Condition(session, table.Name)!);
    }

    private long TakeOut(StoredTable table, MigrationId owner, string which)
    {
        var archive = ArchiveOf(table, owner);
        var columns = StoredTable.List(table.Columns);
        var (names, values) =
            table.RowId is { } from && ArchivedRows.TableOf(session, archive)!.RowId is { } to
                ? ($"{to}, {columns}", $"{from}, {columns}")
                : (columns, columns);
        session.Execute(
            $"INSERT INTO {archive.Quoted} ({names}) SELECT {values} FROM {table.Quoted} AS t WHERE {which}"
        );
        return session.Change($"DELETE FROM {table.Quoted} AS t WHERE {which}");
    }

    private StoredArchive ArchiveOf(StoredTable table, MigrationId owner)
    {
        if (!_archives.TryGetValue(table.Name, out var archive))
        {
            archive = VersionArchiveTable.Add(
                session,
                new StoredArchive(
                    new ArchiveEntry(
                        Id: 0,
                        runId,
                        owner,
                        table.Name,
                        Column: null,
                        state,
                        reason,
                        Rows: 0,
                        DateTime.UtcNow
                    ),
                    ArchiveScope.Rows,
                    Sequence: null,
                    session.Dialect
                )
            );
            session.Rows.CreateStore(
                archive.Quoted,
                table,
                table.Columns.Select(column => (column, column))
            );
            _archives[table.Name] = archive;
        }

        return archive;
    }
}
