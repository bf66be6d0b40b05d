using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>Archives the values of a column that goes while its rows stay.</summary>
internal static class DroppedValues
{
    /// <param name="session">The session of the run.</param>
    /// <param name="writer">Makes the entry.</param>
    /// <param name="source">The table, or a copy of it, and the table's earlier name.</param>
    /// <param name="stored">The columns that tell the rows apart and, as the last one, the column.</param>
    /// <param name="evenIfNull">Whether it is kept where no row has a value: the next Up may fill one in.</param>
    public static void Keep(
        ISession session,
        ArchiveWriter writer,
        (StoredTable Table, string Name) source,
        StoredColumn[] stored,
        bool evenIfNull
    )
    {
        var value = Identifier.Quote(stored[^1].Now);
        if (
            !evenIfNull
            && !session.Any(
                $"SELECT 1 FROM {source.Table.Quoted} WHERE {value} IS NOT NULL LIMIT 1"
            )
        )
        {
            return;
        }

        var archive = writer.Begin(source, ArchiveScope.Column, stored);
        writer.Keep(archive, writer.Copy(source.Table, archive, stored));
    }
}
