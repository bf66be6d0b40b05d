using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Guards;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives.Restoring;

/// <summary>
/// Rows that Ups of this run have inserted and that stay only because something refers to them: the archive of their own
/// migration does not have them. The archive of a later one may have what became of them, or nothing may refer to them
/// any more when all archived rows are back; until then they keep their place.
/// </summary>
internal sealed class KeptSeeds(SqliteConnection connection)
{
    private readonly RowsByTable<IReadOnlyCollection<long>> _rows = new(whenDropped: _ => null);

    /// <summary>Keeps these of a table, and no others of it.</summary>
    public void Keep(string table, IReadOnlyCollection<long> rows) =>
        _rows[table] = rows.Count > 0 ? rows : null;

    /// <summary>The condition that row <c>t</c> is one; <see langword="null"/> where the table has none.</summary>
    public string? Condition(SqliteTable table) =>
        _rows[table.Name] is { } rows && table.RowId is not null ? table.IsNumbered(rows) : null;

    /// <summary>Follows what a statement has done to the tables.</summary>
    public void After(SqliteStatement statement) => _rows.After(statement);

    /// <summary>Removes those that nothing refers to, and sees to it that the numbers of the others are not given again.</summary>
    public void Settle()
    {
        if (_rows.All.Count == 0)
        {
            return;
        }

        using (new TriggerPause(connection))
        {
            while (_rows.All.Keys.Sum(RemoveUnneeded) > 0)
            {
                // What was removed may have referred to others.
            }
        }

        foreach (var name in _rows.All.Keys)
        {
            RaiseCounter(name);
        }

        _rows.Clear();
    }

    private long RemoveUnneeded(string name) =>
        SqliteTable.Find(connection, name) is { } table && Condition(table) is { } isKept
            ? connection.Change(
                $"DELETE FROM {table.Quoted} AS t WHERE {isKept}{string.Concat(Referring(name))}"
            )
            : 0;

    private void RaiseCounter(string name)
    {
        if (SqliteTable.Find(connection, name) is { } table && Condition(table) is { } isKept)
        {
            var highest = connection.Number(
                $"SELECT coalesce(max(t.{table.RowId}), 0) FROM {table.Quoted} AS t WHERE {isKept}"
            );
            SqliteSequence.Raise(connection, table.Name, highest);
        }
    }

    private IEnumerable<string> Referring(string parent) =>
        from child in SqliteRows.Tables(connection)
        from reference in SqliteReference.Of(connection, child)
        where SqliteNames.Comparer.Equals(reference.Parent, parent)
        select $" AND NOT EXISTS (SELECT 1 FROM main.{SqliteCommands.Quote(child)} AS c WHERE {reference.IsTo("t", "c")})";
}
