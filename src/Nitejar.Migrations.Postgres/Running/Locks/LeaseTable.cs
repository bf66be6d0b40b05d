using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running.Locks;

/// <summary>The table of a schema's lease, which has one row. Its statements have the parameter <c>@owner</c>.</summary>
/// <param name="schema">The schema.</param>
internal sealed class LeaseTable(string schema)
{
    private const string IsMine = "\"Owner\" = @owner";

    private const string Own =
        "UPDATE # SET \"Owner\" = @owner, \"Expires\" = clock_timestamp() + \"Seconds\" * interval '1 second' WHERE \"Id\" IN (SELECT \"Id\" FROM # WHERE ";

    private const string Unlocked = " FOR UPDATE SKIP LOCKED)";

    private readonly string _name =
        $"{Identifier.Quote(schema)}.{Identifier.Quote(OwnNames.VersionLease)}";

    public string Create =>
        Of(
            "CREATE TABLE IF NOT EXISTS # (\"Id\" integer PRIMARY KEY, \"Owner\" text, \"Expires\" timestamptz, \"Seconds\" double precision NOT NULL)"
        );

    /// <summary>How long it lasts, 15 seconds, stands in the row, so that it is the same for all runs.</summary>
    public string Fill => Of("INSERT INTO # VALUES (1, NULL, NULL, 15) ON CONFLICT DO NOTHING");

    /// <summary>Changes one row where it is free or this run's, or its time is over and no transaction of its owner has it.</summary>
    public string Take =>
        Of(Own + "\"Owner\" IS NULL OR \"Expires\" < clock_timestamp() OR " + IsMine + Unlocked);

    /// <summary>Changes one row where it is this run's and no other transaction has it.</summary>
    public string Prolong => Of(Own + IsMine + Unlocked);

    public string Free => Of("UPDATE # SET \"Owner\" = NULL, \"Expires\" = NULL WHERE " + IsMine);

    /// <summary>How long it lasts when it is not renewed, in milliseconds.</summary>
    public string Time => Of("SELECT CAST(\"Seconds\" * 1000 AS bigint) FROM #");

    /// <summary>Reads whose it is; <see langword="null"/> where it is free.</summary>
    public string? Holder(NpgsqlConnection connection) => Read(connection, "");

    /// <summary>The same, once the transaction that has the row has ended. Others wait for this one from then on.</summary>
    public string? Lock(NpgsqlConnection connection) => Read(connection, " FOR UPDATE");

    /// <summary>Whether two runs made the table, or changed the row, in the same moment.</summary>
    public static bool IsInEachOthersWay(PostgresException e) =>
        e.SqlState
            is PostgresErrorCodes.UniqueViolation
                or PostgresErrorCodes.DuplicateTable
                or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.LockNotAvailable;

    /// <summary>For a run that is not to change anything more.</summary>
    /// <param name="name">What people call the database.</param>
    /// <param name="owner">Whose it is; <see langword="null"/> where that run has ended, too.</param>
    public static DatabaseUnavailableException Lost(string name, string? owner) =>
        Lost(name, owner ?? "another run has had it", cause: null);

    /// <inheritdoc cref="Lost(string, string?)"/>
    public static DatabaseUnavailableException Lost(string name, string reason, Exception? cause) =>
        new(
            $"This run has lost its lease on {name}: {reason}.",
            "What it had committed stays. Look with `status` before anything else.",
            cause
        );

    private string? Read(NpgsqlConnection connection, string locking) =>
        connection.Query(Of($"SELECT \"Owner\" FROM #{locking}"), row => row.Text(0))[0];

    private string Of(string sql) => sql.Replace("#", _name, StringComparison.Ordinal);
}
