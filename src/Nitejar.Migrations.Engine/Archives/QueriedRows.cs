using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>
/// What the queries of an Up's <c>INSERT ... SELECT</c> find: rows that a query can find again when the step is over have
/// been copied, and were not moved.
/// </summary>
internal sealed class QueriedRows(ISession session)
{
    private readonly List<string> _queries = [];

    /// <summary>Remembers what the query of a statement finds, before the statement is executed.</summary>
    public void Read(Statement statement)
    {
        if (statement.Query is { } query && Keep(_queries.Count, query))
        {
            _queries.Add(statement.Sql);
        }
    }

    /// <summary>Whether all that the statement has found can still be found. False where it is not known.</summary>
    public bool AreThere(Statement statement)
    {
        var reads = Enumerable.Range(0, _queries.Count).Where(i => _queries[i] == statement.Sql);
        return reads.Any() && reads.All(number => AreThere(number, statement.Query!));
    }

    /// <summary>Forgets what was found.</summary>
    public void End()
    {
        for (var number = 0; number < _queries.Count; number++)
        {
            session.Execute($"DROP TABLE {Name(number)}");
        }

        _queries.Clear();
    }

    private bool AreThere(int number, string query) => Keep(-1, query) && IsSubset(number);

    private bool IsSubset(int number)
    {
        var isSubset = !session.Any(
            $"SELECT {All} FROM {Name(number)} AS t EXCEPT SELECT {All} FROM {Name(-1)} AS t"
        );
        session.Execute($"DROP TABLE {Name(-1)}");
        return isSubset;
    }

    /// <summary>A query may use what is not there any more, or end with what belongs to the INSERT.</summary>
    private bool Keep(int number, string query) =>
        session.Rows.TryExecute(session.Dialect.CreateFrom(Name(number), query));

    private string All => session.Dialect.AllValues("t");

    private string Name(int number) =>
        session.Dialect.QualifyTemporary($"nitejar_queried_{number}");
}
