using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>A table that a step drops, archived as it was when the step began, with no rows too.</summary>
/// <param name="Archive">The copy.</param>
/// <param name="Key">The table's primary key, by the earlier names of its columns.</param>
internal sealed record WholeTable(StoredArchive Archive, IReadOnlyList<string> Key)
{
    /// <summary>Copies the table.</summary>
    /// <param name="session">The session of the run.</param>
    /// <param name="writer">Makes the entry.</param>
    /// <param name="source">The table, and the name that it had before the step.</param>
    /// <param name="begun">What an interrupted part of the same step has copied of it; <see langword="null"/> for nothing.</param>
    public static WholeTable Copy(
        ISession session,
        ArchiveWriter writer,
        (StoredTable Table, string Name) source,
        StoredArchive? begun
    )
    {
        var table = source.Table;
        var columns = writer.ColumnsOf(table, table.Columns);
        var archive =
            begun
            ?? writer.Begin(
                source,
                ArchiveScope.Table,
                columns,
                session.Rows.ReadCounter(table.Name)
            );
        var whole = new WholeTable(
            archive,
            [.. writer.ColumnsOf(table, table.PrimaryKey).Select(column => column.Earlier)]
        );
        whole.Add(session, writer, table);
        return whole;
    }

    /// <summary>Copies the rows that are not in the copy yet.</summary>
    public void Add(ISession session, ArchiveWriter writer, StoredTable table)
    {
        var copy = ArchivedRows.ColumnsOf(session, Archive);
        var columns = writer
            .ColumnsOf(table, table.Columns)
            .Where(column => copy.Contains(column.Earlier, session.Dialect.Names));
        var before = ArchivedRows.Count(session, Archive);
        // Where there are rowids, they tell which rows it has.
        var copied =
            table.RowId is not null || before == 0 ? writer.Copy(table, Archive, columns) : 0;
        writer.Keep(Archive, before + copied);
    }

    /// <summary>Keeps what the step removed, if it made a table of that name again.</summary>
    public void Finish(ISession session, ArchiveWriter writer)
    {
        var archive = writer.Archives.FirstOrDefault(a => a.Entry.Id == Archive.Entry.Id);
        if (
            archive is not null
            && session.Tables.Find(archive.Entry.Table) is { IsVirtual: false } rebuilt
        )
        {
            KeepOnlyMissing(session, writer, archive, rebuilt);
        }
    }

    private void KeepOnlyMissing(
        ISession session,
        ArchiveWriter writer,
        StoredArchive archive,
        StoredTable rebuilt
    )
    {
        var copy = ArchivedRows.TableOf(session, archive)!;
        var missing = copy.Columns.Where(column => !rebuilt.HasColumns([column])).ToArray();
        if (KeyOfBoth(session, copy, rebuilt) is not { } key)
        {
            KeepUnlessCounted(session, writer, (archive, rebuilt), missing);
            return;
        }

        foreach (var column in missing)
        {
            StoredColumn[] stored = [.. key.Append(column).Select(c => new StoredColumn(c, c))];
            DroppedValues.Keep(
                session,
                writer,
                (copy, archive.Entry.Table),
                stored,
                evenIfNull: true
            );
        }

        session.Execute(
            $"""
            DELETE FROM {archive.Quoted} AS a
            WHERE EXISTS (SELECT 1 FROM {rebuilt.Quoted} AS t WHERE {ArchivedRows.SameKey(
                session.Dialect,
                key
            )})
            """
        );
        KeepRest(session, writer, archive with { Scope = ArchiveScope.Rows });
    }

    /// <summary>Columns that tell which row of the one is which row of the other; <see langword="null"/> where none do.</summary>
    private IReadOnlyList<string>? KeyOfBoth(
        ISession session,
        StoredTable copy,
        StoredTable rebuilt
    )
    {
        IReadOnlyList<string>[] keys = [rebuilt.PrimaryKey, Key];
        return Array.Find(
            keys,
            key =>
                key.Count > 0
                && copy.HasColumns(key)
                && rebuilt.HasColumns(key)
                && !session.Any(
                    $"SELECT 1 FROM {SameRows(session, rebuilt, key)} GROUP BY {StoredTable.List(key, "t.")} HAVING count(*) > 1"
                )
        );
    }

    private string SameRows(ISession session, StoredTable rebuilt, IReadOnlyList<string> key) =>
        $"{Archive.Quoted} AS a JOIN {rebuilt.Quoted} AS t ON {ArchivedRows.SameKey(session.Dialect, key)}";

    /// <summary>Without a key rows cannot be told apart: as many rows as before are taken for the same ones.</summary>
    private static void KeepUnlessCounted(
        ISession session,
        ArchiveWriter writer,
        (StoredArchive Archive, StoredTable Rebuilt) table,
        string[] missing
    )
    {
        if (missing.Length == 0 && session.Count(table.Rebuilt) >= table.Archive.Entry.Rows)
        {
            session.Execute($"DELETE FROM {table.Archive.Quoted}");
        }

        KeepRest(session, writer, table.Archive with { Scope = ArchiveScope.Copy });
    }

    /// <summary>A rebuilt table without anything missing needs no entry: it has not been removed.</summary>
    private static void KeepRest(ISession session, ArchiveWriter writer, StoredArchive archive)
    {
        var rest = ArchivedRows.Count(session, archive);
        if (rest == 0)
        {
            writer.Remove(archive);
        }
        else
        {
            writer.Keep(archive, rest);
        }
    }
}
