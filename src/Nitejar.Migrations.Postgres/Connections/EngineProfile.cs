using Npgsql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>What a kind of server that speaks the protocol keeps of what PostgreSQL does. There is one of each.</summary>
/// <param name="name">Its name.</param>
internal sealed class EngineProfile(string name)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Whether an advisory lock keeps other sessions out; else runs take a lease.</summary>
    public bool HasAdvisoryLocks { get; init; } = true;

    /// <summary>Whether a rollback undoes changes of the schema; else each statement is committed by itself.</summary>
    public bool KeepsDdlInTransactions { get; init; } = true;

    /// <summary>Whether a change of the schema may still fail after its transaction, as where it builds an index then.</summary>
    public bool FinishesAfterCommit { get; init; }

    /// <summary>The SQLSTATE by which the server asks for the transaction to be made again; <see langword="null"/> for none that PostgreSQL does not have.</summary>
    private string? Retried { get; init; }

    /// <summary>What begins each transaction; <see langword="null"/> for nothing.</summary>
    public string? FirstStatement { get; init; }

    public static EngineProfile Postgres { get; } = new("PostgreSQL");

    /// <summary>PostgreSQL that spreads tables over other servers. Its own locks and transactions are those of the coordinator.</summary>
    public static EngineProfile Citus { get; } =
        new("Citus") { FirstStatement = "SET LOCAL citus.multi_shard_modify_mode = 'sequential'" };

    private static EngineProfile Cockroach { get; } =
        new("CockroachDB")
        {
            HasAdvisoryLocks = false,
            KeepsDdlInTransactions = false,
            FinishesAfterCommit = true,
            Retried = "40001",
        };

    private static EngineProfile Yugabyte { get; } =
        new("YugabyteDB")
        {
            HasAdvisoryLocks = false,
            KeepsDdlInTransactions = false,
            Retried = "40001",
        };

    /// <summary>Servers without a profile, by a word of their version.</summary>
    private static readonly string[] Others =
    [
        "Redshift",
        "Greenplum",
        "PGlite",
        "Materialize",
        "EnterpriseDB",
        "QuestDB",
        "RisingWave",
        "CedarDB",
        "openGauss",
    ];

    /// <summary>Returns the profile of a server; <see langword="null"/> where there is none.</summary>
    /// <param name="version">What it answers to <c>version()</c>.</param>
    /// <param name="hasCitus">Whether the database has that extension.</param>
    public static EngineProfile? Of(string version, bool hasCitus) =>
        Has(version, "CockroachDB") ? Cockroach
        : Has(version, "-YB-") ? Yugabyte
        : !version.StartsWith("PostgreSQL ", StringComparison.Ordinal)
        || Array.Exists(Others, word => Has(version, word))
            ? null
        : hasCitus ? Citus
        : Postgres;

    /// <summary>Whether the server asks for the transaction to be made again.</summary>
    public bool Retries(Exception error) =>
        Retried is not null && error is PostgresException refused && refused.SqlState == Retried;

    private static bool Has(string version, string word) =>
        version.Contains(word, StringComparison.Ordinal);
}
