using Nitejar.Migrations.Engine.Databases.Sessions;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>How many rows the tables of applications have.</summary>
internal static class RowCounts
{
    /// <summary>Whether one of them has a row.</summary>
    public static bool Any(ISession session)
    {
        foreach (var table in session.Tables.ReadNames())
        {
            if (session.Any($"SELECT 1 FROM {session.Dialect.Qualify(table)} LIMIT 1"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Counts each.</summary>
    public static Dictionary<string, long> Read(ISession session)
    {
        var counts = new Dictionary<string, long>(session.Dialect.Names);
        foreach (var table in session.Tables.ReadNames())
        {
            counts[table] = Of(session, table);
        }

        return counts;
    }

    /// <summary>Counts one.</summary>
    public static long Of(ISession session, string table) =>
        session.Number($"SELECT count(*) FROM {session.Dialect.Qualify(table)}");
}
