using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>
/// Remembers rows and references as they were before the first statement that can touch them, and compares at the end. A
/// run that only creates objects and columns is never counted.
/// </summary>
internal sealed class RowGuard(ISession session, IDeferredChecks? checks)
{
    private readonly HashSet<string> _words = [];
    private readonly RebuildGuard _rebuilds = new(session);
    private IReadOnlyDictionary<string, long> _disregarded = new Dictionary<string, long>();
    private bool _ranCode;
    private Dictionary<string, long>? _rowsBefore;

    /// <summary>How many rows each table had; empty while nothing was executed that can touch rows.</summary>
    public IReadOnlyDictionary<string, long> RowsBefore =>
        _rowsBefore ?? new Dictionary<string, long>();

    /// <summary>A step begins.</summary>
    public void BeginStep(StepStatements statements) => _rebuilds.BeginStep(statements);

    /// <summary>Notes a statement that is about to be executed.</summary>
    public void Before(Statement statement, EarlierNames earlier, Direction direction)
    {
        _rebuilds.Before(statement, earlier, direction);
        if (!statement.OnlyAdds)
        {
            Remember();
            session.Dialect.AddWords(statement.Sql, _words);
        }
    }

    /// <summary>Takes tables for named by a statement although its words do not.</summary>
    public void Name(IEnumerable<string> tables) =>
        _words.UnionWith(tables.Select(table => table.ToLowerInvariant()));

    /// <summary>Rows that are in their tables for the time of the run only, and were not before.</summary>
    public void Disregard(IReadOnlyDictionary<string, long> rows) => _disregarded = rows;

    /// <summary>Notes that code is about to run, of which nothing is known.</summary>
    public void BeforeCode()
    {
        Remember();
        _ranCode = true;
    }

    /// <summary>A step has executed its statements.</summary>
    /// <exception cref="MigrationFailedException">A table that it rebuilt lacks rows, an index or a trigger.</exception>
    public void EndStep(Direction direction) => _rebuilds.EndStep(direction, _words);

    /// <summary>Compares.</summary>
    /// <exception cref="MigrationFailedException">A reference dangles that did not, rows of an unnamed table are gone, or something that worked does not.</exception>
    /// <exception cref="DatabaseUnavailableException">The schema is damaged.</exception>
    public void Check()
    {
        if (_rowsBefore is null)
        {
            return;
        }

        checks?.RequireReferences(_rebuilds.Rebuilt);
        if (!_ranCode)
        {
            RequireUnnamedRows(_rowsBefore);
            checks?.RequireUsable(_words);
        }
    }

    private void Remember()
    {
        if (_rowsBefore is not null)
        {
            return;
        }

        _rowsBefore = RowCounts.Read(session);
        foreach (var (table, rows) in _disregarded)
        {
            _rowsBefore[table] -= rows;
        }

        checks?.Remember();
    }

    private void RequireUnnamedRows(Dictionary<string, long> before)
    {
        var after = RowCounts.Read(session);
        foreach (var (table, rows) in before)
        {
            var lost = rows - after.GetValueOrDefault(table);
            if (lost > 0 && !_words.Contains(table.ToLowerInvariant()))
            {
                throw new MigrationFailedException(
                    $"Rows would be lost from a table that no statement names: {new DataLoss(table, Column: null, lost)}.",
                    "Name the table in the migration if that is meant, or correct what removes its rows (a trigger, for example)."
                );
            }
        }
    }
}
