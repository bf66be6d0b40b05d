using Nitejar.Migrations.Engine.Databases.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>Rights on a table that keeps archived rows. Those of the table that they came from, and its policies, do not come along.</summary>
internal static class StoreRights
{
    /// <summary>Takes all rights from everyone but the owner. Default privileges may have granted some, and rows would show that a policy hides.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="store">The table, for SQL.</param>
    public static void Revoke(NpgsqlConnection connection, string store)
    {
        var others = connection.Query(
            """
            SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
            FROM pg_class AS c CROSS JOIN aclexplode(c.relacl) AS a
            WHERE c.oid = to_regclass(@store) AND a.grantee <> c.relowner
            """,
            row => row.GetString(0),
            ("@store", store)
        );
        if (others.Count > 0)
        {
            connection.Execute($"REVOKE ALL ON {store} FROM {string.Join(", ", others)}");
        }
    }
}
