using System.Data.Common;
using Nitejar.Migrations.Tests.Chains.Places;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>
/// What people do to the tables that are there between a Down and the Up. The same is done, by the names that tables
/// and columns have in the end, to a copy from before the Down: that is what has to come out.
/// </summary>
internal sealed class MeanwhileChanges(ChainTrial trial, Chain chain)
{
    private const int FirstId = 9000;
    private readonly ChainState _end = ChainState.After(chain);
    private int _names;

    /// <summary>Adds rows with high identifiers, and changes some that stay.</summary>
    /// <param name="version">What is applied now.</param>
    /// <param name="file">The database.</param>
    /// <param name="expected">The copy.</param>
    public void Make(long version, string file, string expected)
    {
        using var now = trial.Place.Open(file);
        using var then = trial.Place.Open(expected);
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
                InsertInto(now, table, FirstId + number, $"meanwhile-{number}"),
                InsertInto(then, last, FirstId + number, $"meanwhile-{number}")
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

    private DbCommand InsertInto(
        DbConnection connection,
        TableState table,
        long id,
        string label
    ) =>
        connection.Command(
            $"INSERT INTO \"{table.Name}\" (id, \"{table.Label}\"){trial.Place.WithOwnNumbers} VALUES ({id}, '{label}')"
        );

    /// <summary>Does both, unless one of them finds no row or a constraint forbids it.</summary>
    private void Both(string kind, DbCommand now, DbCommand then)
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
            catch (DbException refused) when (trial.Place.IsConstraint(refused)) { }
        }
    }
}

/// <summary>Statements about one row.</summary>
internal static class RowStatements
{
    public static DbCommand Update(
        this DbConnection connection,
        TableState table,
        long id,
        string label
    ) =>
        connection.Command(
            $"UPDATE \"{table.Name}\" SET \"{table.Label}\" = '{label}' WHERE id = {id}"
        );
}
