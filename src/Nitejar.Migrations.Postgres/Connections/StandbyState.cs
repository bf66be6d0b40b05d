using Nitejar.Migrations.Engine.Databases.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>Whom a standby follows, and how closely.</summary>
/// <param name="Primary">The host or the folder of the socket; <see langword="null"/> where this role may not know, or the standby has lost it.</param>
/// <param name="Behind">In seconds: the age of the last transaction that it took over; 0 where it has all that its primary sent, <see langword="null"/> where it took over none.</param>
internal sealed record StandbyState(string? Primary, long? Behind)
{
    public static StandbyState Read(NpgsqlConnection connection) =>
        connection.Query(
            """
            SELECT (SELECT sender_host FROM pg_stat_wal_receiver),
                CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() AND EXISTS (SELECT FROM pg_stat_wal_receiver) THEN 0
                    ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::bigint END
            """,
            row => new StandbyState(row.Text(0), row.IsDBNull(1) ? null : row.GetInt64(1))
        )[0];

    /// <summary>A sentence without its dot.</summary>
    public string ToWords(string name)
    {
        var primary = Primary is null ? "" : $" of {Primary}";
        return Behind is { } seconds
            ? FormattableString.Invariant($"{name} is a standby{primary}, {seconds} s behind")
            : $"{name} is a standby{primary}, and does not tell how far behind";
    }
}
