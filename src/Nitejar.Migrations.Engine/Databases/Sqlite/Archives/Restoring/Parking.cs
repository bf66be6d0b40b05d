using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Guards;
using Nitejar.Migrations.Engine.Databases.Sqlite.History;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives.Restoring;

/// <summary>Takes rows out of their tables into the archive, and with them the rows that refer to them.</summary>
/// <param name="connection">The connection of the run, with triggers off.</param>
/// <param name="runId">The run.</param>
/// <param name="state">What is to become of the rows.</param>
/// <param name="reason">Why they are taken out.</param>
internal sealed class Parking(
    SqliteConnection connection,
    string runId,
    ArchiveState state,
    string reason
)
{
    private readonly Dictionary<string, StoredArchive> _archives = new(SqliteNames.Comparer);

    /// <summary>Row numbers that dangled before anything was taken out: they are no consequence of it.</summary>
    private readonly Dictionary<string, (HashSet<long> Rows, long Count)> _before = new(
        SqliteNames.Comparer
    );

    /// <summary>Takes out those of the marked rows that still refer to nothing.</summary>
    public void Begin(IReadOnlyDictionary<string, MarkedRows> marked)
    {
        var tables = Tables();
        foreach (var table in tables)
        {
            _before[table.Name] = DanglingRows.Read(connection, table);
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
                var entry = archive.Entry with { Rows = ArchivedRows.Count(connection, archive) };
                VersionArchiveTable.Update(connection, archive with { Entry = entry });
                return entry;
            }),
        ];

    private List<SqliteTable> Tables() =>
        [
            .. SqliteRows
                .Tables(connection)
                .Where(name => DanglingRows.Condition(connection, name) is not null)
                .Select(name => SqliteTable.Find(connection, name)!),
        ];

    private long TakeOutWhatFollows(SqliteTable table, MigrationId owner)
    {
        var (rows, count) = DanglingRows.Read(connection, table);
        var before = _before[table.Name];
        rows.ExceptWith(before.Rows);
        return table.RowId is null && count <= before.Count ? 0 : TakeOut(table, owner, [.. rows]);
    }

    /// <param name="table">The table.</param>
    /// <param name="owner">The migration that the rows came back with.</param>
    /// <param name="rows">Their numbers; of a table without any, all that refer to nothing are taken.</param>
    private long TakeOut(SqliteTable table, MigrationId owner, long[] rows)
    {
        // A statement has so much room only.
        return table.RowId is { } number
            ? rows.Chunk(5000)
                .Sum(part => TakeOut(table, owner, $"t.{number} IN ({string.Join(", ", part)})"))
            : TakeOut(table, owner, DanglingRows.Condition(connection, table.Name)!);
    }

    private long TakeOut(SqliteTable table, MigrationId owner, string which)
    {
        var archive = ArchiveOf(table, owner);
        var columns = SqliteTable.List(table.Columns);
        var (names, values) =
            table.RowId is { } from && ArchivedRows.TableOf(connection, archive)!.RowId is { } to
                ? ($"{to}, {columns}", $"{from}, {columns}")
                : (columns, columns);
        connection.Execute(
            $"INSERT INTO {archive.Quoted} ({names}) SELECT {values} FROM {table.Quoted} AS t WHERE {which}"
        );
        return connection.Change($"DELETE FROM {table.Quoted} AS t WHERE {which}");
    }

    private StoredArchive ArchiveOf(SqliteTable table, MigrationId owner)
    {
        if (!_archives.TryGetValue(table.Name, out var archive))
        {
            archive = VersionArchiveTable.Add(
                connection,
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
                    Sequence: null
                )
            );
            connection.Execute(
                $"CREATE TABLE {archive.Quoted} ({SqliteTable.List(table.Columns)})"
            );
            _archives[table.Name] = archive;
        }

        return archive;
    }
}
