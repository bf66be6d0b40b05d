using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>
/// Rows that Ups of this run have inserted and that stay only because something refers to them: the archive of their own
/// migration does not have them. The archive of a later one may have their later form, or nothing may refer to them
/// any more when all archived rows are back; until then they keep their place.
/// </summary>
internal sealed class KeptSeeds(ISession session)
{
    private readonly RowsByTable<IReadOnlyCollection<long>> _rows = new(
        session.Dialect.Names,
        whenDropped: _ => null
    );

    /// <summary>Keeps these of a table, and no others of it.</summary>
    public void Keep(string table, IReadOnlyCollection<long> rows) =>
        _rows[table] = rows.Count > 0 ? rows : null;

    /// <summary>The condition that row <c>t</c> is one; <see langword="null"/> where the table has none.</summary>
    public string? Condition(StoredTable table) =>
        _rows[table.Name] is { } rows && table.Number is not null ? table.IsNumbered(rows) : null;

    /// <summary>Follows what a statement has done to the tables.</summary>
    public void After(Statement statement) => _rows.After(statement);

    /// <summary>Removes those that nothing refers to, and sees to it that the numbers of the others are not given again.</summary>
    public void Settle()
    {
        if (_rows.All.Count == 0)
        {
            return;
        }

        using (session.Rows.PauseEffects(_rows.All.Keys))
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
        session.Tables.Find(name) is { } table && Condition(table) is { } isKept
            ? session.Change(
                $"DELETE FROM {table.Quoted} AS t WHERE {isKept}{string.Concat(Referring(name))}"
            )
            : 0;

    private void RaiseCounter(string name)
    {
        if (session.Tables.Find(name) is { } table && Condition(table) is { } isKept)
        {
            var highest = session.Number(
                $"SELECT CAST(coalesce(max(t.{Identifier.Quote(table.Number!)}), 0) AS {session.Dialect.Types.Integer}) FROM {table.Quoted} AS t WHERE {isKept}"
            );
            session.RaiseCounter(table.Name, highest);
        }
    }

    private IEnumerable<string> Referring(string parent) =>
        from child in session.Tables.ReadNames()
        from reference in session.ReadReferences(child)
        where session.Dialect.Names.Equals(reference.Parent, parent)
        select $" AND NOT EXISTS (SELECT 1 FROM {session.Dialect.Qualify(child)} AS c WHERE {reference.IsTo("t", "c")})";
}
