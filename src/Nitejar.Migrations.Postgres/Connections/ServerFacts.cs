using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>What a server says of itself and of the session.</summary>
/// <param name="Version">Its words, as <c>PostgreSQL 15.14 (Debian ...)</c>.</param>
/// <param name="BackendId">The process of the session.</param>
/// <param name="IsStandby">Whether it follows another server and takes no writes.</param>
/// <param name="IsReadOnly">Whether transactions are read-only unless they say otherwise.</param>
internal sealed record ServerFacts(string Version, int BackendId, bool IsStandby, bool IsReadOnly)
{
    public const string Columns =
        "version(), pg_backend_pid(), pg_is_in_recovery(), current_setting('default_transaction_read_only') = 'on'";

    /// <summary>Servers that speak the protocol and keep other promises, by a word of their version.</summary>
    private static readonly string[] Others =
    [
        "CockroachDB",
        "-YB-",
        "Redshift",
        "Greenplum",
        "PGlite",
        "Materialize",
        "EnterpriseDB",
    ];

    /// <summary>Reads a row of <see cref="SessionStart.Sql"/>.</summary>
    public static ServerFacts Of(DbDataReader row) =>
        new(row.GetString(0), row.GetInt32(1), row.GetBoolean(2), row.GetBoolean(3));

    /// <summary>Refuses what only looks like PostgreSQL.</summary>
    /// <exception cref="DatabaseUnavailableException">It does.</exception>
    public void RequireKnown(string name)
    {
        var other = Array.Find(Others, word => Version.Contains(word, StringComparison.Ordinal));
        if (other is not null || !Version.StartsWith("PostgreSQL ", StringComparison.Ordinal))
        {
            throw new DatabaseUnavailableException(
                $"{name} is not a PostgreSQL server but '{Version.Split(',')[0]}', on which the promises of a run were not tested.",
                "Use PostgreSQL 13 or newer."
            );
        }
    }
}
