using Microsoft.Data.Sqlite;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>
/// What people do to the tables that are there between a Down and the Up. The same is done, by the names that tables
/// and columns have in the end, to a copy from before the Down: that is what has to come out.
/// </summary>
internal sealed class MeanwhileChanges(ChainTrial trial, Chain chain)
{
    private const int FirstId = 9000;
    private const int ConstraintViolated = 19;
    private readonly ChainState _end = ChainState.After(chain);
    private int _names;

    /// <summary>Adds rows with high identifiers, and changes some that stay.</summary>
    /// <param name="version">What is applied now.</param>
    /// <param name="file">The database.</param>
    /// <param name="expected">The copy.</param>
    public void Make(long version, string file, string expected)
    {
        using var now = trial.Open(file);
        using var then = trial.Open(expected);
        foreach (var table in ChainState.After(chain.UpTo(version)).Tables)
        {
            var last = _end.Tables.Find(other => other.Origin == table.Origin);
            if (last is null)
            {
                continue;
            }

            var number = ++_names;
            Both(
                "row added meanwhile",
                now.InsertInto(table, FirstId + number, $"meanwhile-{number}"),
                then.InsertInto(last, FirstId + number, $"meanwhile-{number}")
            );
            for (var id = trial.Random.Next(1, 3); id < 9; id += 3)
            {
                Both(
                    "row changed meanwhile",
                    now.Update(table, id, $"changed-{number}-{id}"),
                    then.Update(last, id, $"changed-{number}-{id}")
                );
            }
        }
    }

    /// <summary>Does both, unless one of them finds no row or a constraint forbids it.</summary>
    private void Both(string kind, SqliteCommand now, SqliteCommand then)
    {
        using (now)
        using (then)
        using (now.Transaction = now.Connection!.BeginTransaction())
        using (then.Transaction = then.Connection!.BeginTransaction())
        {
            try
            {
                if (now.ExecuteNonQuery() == 1 && then.ExecuteNonQuery() == 1)
                {
                    now.Transaction.Commit();
                    then.Transaction.Commit();
                    trial.Note(kind, now.CommandText);
                }
            }
            catch (SqliteException refused) when (refused.SqliteErrorCode == ConstraintViolated) { }
        }
    }
}

/// <summary>Statements about one row.</summary>
internal static class RowStatements
{
    public static SqliteCommand InsertInto(
        this SqliteConnection connection,
        TableState table,
        long id,
        string label
    ) =>
        connection.Command(
            $"INSERT INTO \"{table.Name}\" (id, \"{table.Label}\") VALUES ({id}, '{label}')"
        );

    public static SqliteCommand Update(
        this SqliteConnection connection,
        TableState table,
        long id,
        string label
    ) =>
        connection.Command(
            $"UPDATE \"{table.Name}\" SET \"{table.Label}\" = '{label}' WHERE id = {id}"
        );

    private static SqliteCommand Command(this SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
