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
    private const int CheckIntervalSince = 14;
    private const int TransactionTimeoutSince = 17;

    /// <summary>The statement, which returns a row of <see cref="ServerFacts"/>.</summary>
    /// <param name="version">The server's major version.</param>
    /// <param name="process">The process by which the server goes for the client. Behind a pooler it is another one, and what is set lasts until the transaction ends, so that no other client gets it.</param>
    public string Sql(int version, int process)
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

        if (IsReadOnly)
        {
            settings.Add(("default_transaction_read_only", "on"));
            settings.Add(("transaction_read_only", "on"));
        }

        var isLocal = Invariant($"pg_backend_pid() <> {process}");
        var schema = $"'{Schema.Replace("'", "''", StringComparison.Ordinal)}'";
        var set = settings.Select(setting =>
            $"set_config('{setting.Name}', '{setting.Value}', {isLocal})"
        );
        return $"""
            SELECT {ServerFacts.Columns},
                set_config('search_path', quote_ident({schema}) || coalesce(', ' || nullif(current_setting('search_path'), ''), ''), {isLocal}),
                CASE WHEN current_setting('session_replication_role') <> 'origin' THEN set_config('session_replication_role', 'origin', {isLocal}) END,
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
