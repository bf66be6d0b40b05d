using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring.Placing;

/// <summary>What stands where archived rows belong: other rows with their keys, or the same rows.</summary>
internal static class TakenPlaces
{
    /// <summary>Why a row does not come back.</summary>
    public const string Reason = "the table has other rows with their keys";

    /// <summary>Rows whose key other rows have by now go into a left-over archive of their own. The same rows are back already.</summary>
    /// <returns>How many are left over.</returns>
    public static long SetAside(RowPlaces places)
    {
        if (!places.HasPlaces)
        {
            RemoveSameRows(places);
            return 0;
        }

        var (session, archive, table) = (places.Session, places.Archive, places.Table);
        var there = $"EXISTS (SELECT 1 FROM {table.Quoted} AS t WHERE {places.SamePlace})";
        session.Execute(
            $"DELETE FROM {archive.Quoted} AS a WHERE EXISTS (SELECT 1 FROM {table.Quoted} AS t WHERE {places.SamePlace} AND {ArchivedRows.SameValues(session.Dialect, places.Columns)})"
        );
        var taken = session.Number($"SELECT count(*) FROM {archive.Quoted} AS a WHERE {there}");
        if (taken == 0)
        {
            return 0;
        }

        var aside = VersionArchiveTable.Add(
            session,
            archive with
            {
                Scope = ArchiveScope.Rows,
                Sequence = null,
                Entry = archive.Entry with
                {
                    Rows = taken,
                    State = ArchiveState.LeftOver,
                    Reason = Reason,
                },
            }
        );
        session.Execute(
            $"CREATE TABLE {aside.Quoted} AS SELECT * FROM {archive.Quoted} AS a WHERE {there}"
        );
        session.Execute($"DELETE FROM {archive.Quoted} AS a WHERE {there}");
        return taken;
    }

    /// <summary>Rows without a key are the same ones as far as the table has as many that look like them.</summary>
    private static void RemoveSameRows(RowPlaces places)
    {
        var (session, archive, table) = (places.Session, places.Archive, places.Table);
        var store = ArchivedRows.TableOf(session, archive);
        if ((store?.RowId ?? store?.RowPlace) is not { } row || places.AreAllOthers)
        {
            return;
        }

        var columns = StoredTable.List(places.Columns);
        var values = string.Join(
            ", ",
            places.Columns.Select(column => session.Dialect.Exactly(Identifier.Quote(column)))
        );
        session.Execute(
            $"""
            DELETE FROM {archive.Quoted} WHERE {row} IN (
                SELECT a.place FROM (
                    SELECT {row} AS place, {columns},
                        row_number() OVER (PARTITION BY {values}) AS nth FROM {archive.Quoted}
                ) AS a
                JOIN (SELECT {columns}, row_number() OVER (PARTITION BY {values}) AS nth FROM {table.Quoted}) AS t
                ON a.nth = t.nth AND {ArchivedRows.SameValues(session.Dialect, places.Columns)})
            """
        );
    }
}
