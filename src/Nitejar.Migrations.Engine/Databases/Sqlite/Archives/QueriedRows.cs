using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>
/// What the queries of an Up's <c>INSERT ... SELECT</c> find: rows that a query can find again when the step is over have
/// been copied, and were not moved.
/// </summary>
internal sealed class QueriedRows(SqliteConnection connection)
{
    private readonly List<string> _queries = [];

    /// <summary>Remembers what the query of a statement finds, before the statement is executed.</summary>
    public void Read(SqliteStatement statement)
    {
        if (
            statement.Query is { } query
            && Try($"CREATE TEMP TABLE {Name(_queries.Count)} AS {query}")
        )
        {
            _queries.Add(statement.Sql);
        }
    }

    /// <summary>Whether all that the statement has found can still be found. False where it is not known.</summary>
    public bool AreThere(SqliteStatement statement)
    {
        var reads = Enumerable.Range(0, _queries.Count).Where(i => _queries[i] == statement.Sql);
        return reads.Any() && reads.All(number => AreThere(number, statement.Query!));
    }

    /// <summary>Forgets what was found.</summary>
    public void End()
    {
        for (var number = 0; number < _queries.Count; number++)
        {
            connection.Execute($"DROP TABLE temp.{Name(number)}");
        }

        _queries.Clear();
    }

    /// <summary>The query is asked for a table, since it may have an order, a limit and a semicolon of its own.</summary>
    private bool AreThere(int number, string query) =>
        Try($"CREATE TEMP TABLE {Name(-1)} AS {query}") && IsSubset(number);

    private bool IsSubset(int number)
    {
        var isSubset = !connection.Any(
            $"SELECT * FROM temp.{Name(number)} EXCEPT SELECT * FROM temp.{Name(-1)}"
        );
        connection.Execute($"DROP TABLE temp.{Name(-1)}");
        return isSubset;
    }

    /// <summary>A query may use what is not there any more, or end with what belongs to the INSERT.</summary>
    private bool Try(string sql)
    {
        try
        {
            connection.Execute(sql);
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return false;
        }
    }

    private static string Name(int number) => $"\"nitejar_queried_{number}\"";
}
