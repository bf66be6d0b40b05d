using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>
/// What the queries of an Up's <c>INSERT ... SELECT</c> find: rows that a query can find again when the last ones have been
/// deleted have been copied, and were not moved.
/// </summary>
internal sealed class QueriedRows(ISession session)
{
    private readonly List<Statement> _statements = [];

    /// <summary>Which of them have found what can be found no more.</summary>
    private readonly HashSet<int> _moved = [];
    private bool _wereLookedFor;

    /// <summary>Remembers what the query of a statement finds, before the statement is executed.</summary>
    public void Read(Statement statement)
    {
        if (statement.Query is { } query && Keep(_statements.Count, query))
        {
            _statements.Add(statement);
        }
    }

    /// <summary>Looks for what was found, while it still has its name.</summary>
    public void Find()
    {
        _wereLookedFor = true;
        for (var number = 0; number < _statements.Count; number++)
        {
            if (!AreThere(number, _statements[number].Query!))
            {
                _moved.Add(number);
            }
        }
    }

    /// <summary>Whether all that the statement has found could still be found. False where it is not known.</summary>
    public bool AreThere(Statement statement)
    {
        var reads = Enumerable
            .Range(0, _statements.Count)
            .Where(number => _statements[number].Sql == statement.Sql)
            .ToArray();
        return _wereLookedFor && reads.Length > 0 && !Array.Exists(reads, _moved.Contains);
    }

    /// <summary>Forgets what was found.</summary>
    public void End()
    {
        for (var number = 0; number < _statements.Count; number++)
        {
            session.Execute($"DROP TABLE {Name(number)}");
        }

        _statements.Clear();
        _moved.Clear();
        _wereLookedFor = false;
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
