using System.Data.Common;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>What a server says of itself and of the session.</summary>
/// <param name="Version">Its words, as <c>PostgreSQL 15.14 (Debian ...)</c>.</param>
/// <param name="BackendId">The process of the session.</param>
/// <param name="IsStandby">Whether it follows another server and takes no writes.</param>
/// <param name="IsReadOnly">Whether transactions are read-only unless they say otherwise.</param>
internal sealed record ServerFacts(string Version, int BackendId, bool IsStandby, bool IsReadOnly)
{
    public const string Columns =
        "version(), pg_backend_pid(), pg_is_in_recovery(), current_setting('default_transaction_read_only') = 'on', to_regproc('citus_version') IS NOT NULL";

    /// <summary>Whether the database has the extension Citus.</summary>
    public bool HasCitus { get; init; }

    /// <summary>What the server keeps; <see langword="null"/> where that is not known.</summary>
    public EngineProfile? Profile => EngineProfile.Of(Version, HasCitus);

    public override string ToString() => Version;

    /// <summary>Reads a row of <see cref="SessionStart.Sql"/>.</summary>
    public static ServerFacts Of(DbDataReader row) =>
        new(row.GetString(0), row.GetInt32(1), row.GetBoolean(2), row.GetBoolean(3))
        {
            HasCitus = row.GetBoolean(4),
        };

    /// <summary>Refuses what only looks like PostgreSQL, and what was not tested unless that is allowed.</summary>
    /// <exception cref="DatabaseUnavailableException">It is refused.</exception>
    public void RequireUsable(PostgresTarget target)
    {
        if (Profile == EngineProfile.Postgres || (Profile is not null && target.AllowsUntested))
        {
            return;
        }

        var words = Version.Split(',');
        throw new DatabaseUnavailableException(
            $"{target.Name} is not a PostgreSQL server but {Profile?.Name ?? "another one"} ('{words[0]}'), on which the promises of a run were not tested.",
            Profile is null
                ? "Use PostgreSQL 13 or newer."
                : "Use PostgreSQL 13 or newer, or read docs/scale-out.md and add --engine-untested."
        );
    }
}
