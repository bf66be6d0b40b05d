using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Preparing.Locking;

/// <summary>The locks of tables that steps hold until they are committed together, as far as the words of their SQL tell.</summary>
internal static class LockFootprint
{
    /// <summary>From about as many rows on, work on them is felt by those who wait for the lock: seconds, where an index is made.</summary>
    private const long ManyRows = 1_000_000;

    /// <summary>The locks of tables that are there, one for each table, by name; none where the kind of database has one lock for all.</summary>
    /// <param name="session">The database before the steps.</param>
    /// <param name="statements">What is committed together, in its order.</param>
    public static IReadOnlyList<TableLock> Of(ISession session, IEnumerable<Statement> statements)
    {
        var locks = new List<TableLock>();
        foreach (var found in session.Tables.ReadLocks(statements))
        {
            var known = locks.FindIndex(one => one.Table == found.Table);
            if (known < 0)
            {
                locks.Add(found);
            }
            else
            {
                locks[known] = locks[known].With(found);
            }
        }

        locks.Sort((left, right) => string.CompareOrdinal(left.Table, right.Table));
        return locks;
    }

    /// <summary>
    /// Takes the locks that keep everyone out, before the first statement and in the order of the names: two runs, or a run
    /// and a program that does likewise, cannot each hold what the other waits for.
    /// </summary>
    public static void Take(IMigrationSession session, IReadOnlyList<TableLock> locks)
    {
        var tables = new List<string>();
        foreach (var one in locks)
        {
            if (one is { Level: LockLevel.Everyone, CanBeTaken: true })
            {
                tables.Add(session.Dialect.Qualify(one.Table));
            }
        }

        // A single one is taken by its statement, and held for less time.
        if (tables.Count > 1)
        {
            session.LockTables(tables);
        }
    }

    /// <summary>Adds a sentence where everyone is kept out of a table while many rows are worked through.</summary>
    public static void Warn(
        IReadOnlyList<TableLock> locks,
        CommitUnit unit,
        ICollection<string> warnings
    )
    {
        var closed = new List<string>();
        TableLock? longest = null;
        foreach (var one in locks)
        {
            if (one.Level == LockLevel.Everyone)
            {
                closed.Add(one.Table);
            }

            if (one.RowsToWorkThrough >= Math.Max(ManyRows, longest?.RowsToWorkThrough ?? 0))
            {
                longest = one;
            }
        }

        if (unit == CommitUnit.Run && closed.Count > 0 && longest is not null)
        {
            warnings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Others can neither read nor write {string.Join(", ", closed)} until the run is committed, and about {longest.RowsToWorkThrough:N0} rows of {longest.Table} are worked through until then. With --transaction migration, each migration is committed by itself."
                )
            );
        }
    }
}
