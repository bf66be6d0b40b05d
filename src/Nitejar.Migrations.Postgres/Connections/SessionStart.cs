using System.Globalization;
using static System.FormattableString;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>The settings of a session, in one statement, and what is asked of the server with it.</summary>
/// <param name="Schema">Where the migrations work.</param>
/// <param name="StatementTimeout">For each statement; <see langword="null"/> for ever.</param>
/// <param name="LockTimeout">How long a statement waits for a table; <see langword="null"/> for ever.</param>
/// <param name="IsReadOnly">Whether it must not change anything.</param>
internal sealed record SessionStart(
    string Schema,
    TimeSpan? StatementTimeout,
    TimeSpan? LockTimeout,
    bool IsReadOnly
)
{
    /// <summary>How long a statement waits for a table before the whole run begins again; a statement that waits blocks all that come after it.</summary>
    private static readonly TimeSpan TableLockTimeout = TimeSpan.FromSeconds(1);

    private const int CheckIntervalSince = 14;
    private const int TransactionTimeoutSince = 17;

    /// <summary>Of a session that reads.</summary>
    public static SessionStart ForReads(string schema, TransactionSettings settings) =>
        new(schema, settings.StatementTimeout, settings.LockTimeout, IsReadOnly: true);

    /// <summary>Of a run.</summary>
    public static SessionStart ForRun(string schema, TransactionSettings settings) =>
        new(
            schema,
            settings.StatementTimeout,
            settings.DdlLockTimeout ?? TableLockTimeout,
            IsReadOnly: false
        );

    /// <summary>Lets a session that was read-only be that of a run, with the times of this one.</summary>
    public string SqlAfterReads() =>
        $"SELECT set_config('lock_timeout', '{Milliseconds(LockTimeout)}', false), set_config('statement_timeout', '{Milliseconds(StatementTimeout)}', false), set_config('default_transaction_read_only', 'off', false)";

    /// <summary>The statement, which returns a row of <see cref="ServerFacts"/>.</summary>
    /// <param name="version">The server's major version.</param>
    /// <param name="process">The process by which the server goes for the client. Behind a pooler it is another one, and what is set lasts until the transaction ends, so that no other client gets it.</param>
    /// <param name="known">The settings that the server has; <see langword="null"/> where it has those of its version.</param>
    public string Sql(int version, int process, IReadOnlyList<string>? known = null)
    {
        var settings = new List<(string Name, string Value)>
        {
            ("statement_timeout", Milliseconds(StatementTimeout)),
            ("lock_timeout", Milliseconds(LockTimeout)),
            ("idle_in_transaction_session_timeout", "0"),
            ("standard_conforming_strings", "on"),
            ("DateStyle", "ISO"),
            ("bytea_output", "hex"),
            // Rows that a policy hides from the role are an error then: an archive without them would lose them.
            ("row_security", "off"),
            // Without them a silent network keeps the lock of a runner that is gone for two hours.
            ("tcp_keepalives_idle", "30"),
            ("tcp_keepalives_interval", "10"),
            ("tcp_keepalives_count", "3"),
        };
        if (version >= CheckIntervalSince)
        {
            // Without it a killed runner's statement, and its locks, last until the statement is over.
            settings.Add(("client_connection_check_interval", "1s"));
            settings.Add(("idle_session_timeout", "0"));
        }

        if (version >= TransactionTimeoutSince)
        {
            settings.Add(("transaction_timeout", "0"));
        }

        if (known is not null)
        {
            // CockroachDB would commit what is in the transaction before a change of the schema, and with it the lock of the lease.
            settings.Add(("autocommit_before_ddl", "off"));
        }

        if (IsReadOnly)
        {
            settings.Add(("default_transaction_read_only", "on"));
            settings.Add(("transaction_read_only", "on"));
        }

        var isLocal = Invariant($"pg_backend_pid() <> {process}");
        var set = new List<string>();
        foreach (var (name, value) in settings)
        {
            if (known?.Contains(name) != false)
            {
                set.Add($"set_config('{name}', '{value}', {isLocal})");
            }
        }

        var schema = $"'{Schema.Replace("'", "''", StringComparison.Ordinal)}'";
        return $"""
            SELECT {ServerFacts.Columns},
                set_config('search_path', quote_ident({schema}) || coalesce(', ' || nullif(current_setting('search_path'), ''), ''), {isLocal}),
                CASE WHEN current_setting('session_replication_role', true) <> 'origin' THEN set_config('session_replication_role', 'origin', {isLocal}) END,
                {string.Join(", ", set)}
            """;
    }

    /// <summary>Changes how long a statement waits for a table, for the rest of the session.</summary>
    public static string LockTimeoutSql(TimeSpan time) =>
        $"SELECT set_config('lock_timeout', '{Milliseconds(time)}', false)";

    private static string Milliseconds(TimeSpan? time) =>
        time is { } limit
            ? Math.Max(1, Math.Ceiling(limit.TotalMilliseconds))
                .ToString("0", CultureInfo.InvariantCulture)
            : "0";
}
