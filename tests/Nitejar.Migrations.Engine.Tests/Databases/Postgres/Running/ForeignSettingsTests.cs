using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>A role or a database may set what decides how SQL is read and when a session ends.</summary>
public sealed class ForeignSettingsTests : ConformanceTests<PostgresTestDatabase>
{
    private static readonly string[] Settings =
    [
        "standard_conforming_strings = off",
        "statement_timeout = 250",
        "idle_in_transaction_session_timeout = 1",
        "search_path = ''",
        "DateStyle = 'SQL, DMY'",
        "bytea_output = escape",
        "default_transaction_isolation = serializable",
        "client_min_messages = error",
        "session_replication_role = replica",
    ];

    private readonly string _role = $"role_{Guid.NewGuid():N}";

    [SetUp]
    public void MakeRole() =>
        Execute(
            $"CREATE ROLE {_role} LOGIN SUPERUSER; {string.Concat(Settings.Select(setting => $"ALTER ROLE {_role} SET {setting}; "))}"
        );

    [TearDown]
    public void DropRole() =>
        Execute($"REASSIGN OWNED BY {_role} TO CURRENT_USER; DROP ROLE {_role}");

    [Test]
    public void Do_not_change_what_a_run_does()
    {
        var catalog = Sql(
            """
            CREATE TABLE t (id integer PRIMARY KEY, s text, at date, bytes bytea);
            INSERT INTO t VALUES (1, 'a\', '2024-02-01'); SELECT pg_sleep(0.3);
            INSERT INTO t VALUES (2, '; --', '2024-02-01');
            INSERT INTO t VALUES (4, current_setting('session_replication_role'), '2024-02-01');
            """,
            "DROP TABLE t"
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (3, 'b', '2024-02-01', '\\x41')");
        Succeed(catalog, new DownRequest());
        Succeed(catalog, new UpRequest());

        Assert.That(
            Query("SELECT id, s, to_char(at, 'YYYY-MM-DD'), bytes::text FROM t ORDER BY id"),
            Is.EqualTo(
                new[]
                {
                    @"1|a\|2024-02-01|",
                    "2|; --|2024-02-01|",
                    @"3|b|2024-02-01|\x41",
                    "4|origin|2024-02-01|",
                }
            )
        );
    }

    private void Succeed(MigrationCatalog catalog, MigrationRequest request)
    {
        using var connection = TestDatabase.Open();
        var target = new PostgresConnectionText(static _ => null).ParseAdo(
            $"{connection.ConnectionString};Username={_role}"
        );
        Assert.That(
            new MigrationRunner(new PostgresDatabase(target), catalog, () => HistoryOf.Origin)
                .Run(
                    request,
                    Allowed with
                    {
                        LockTimeout = TimeSpan.FromSeconds(30),
                    },
                    new SilentObserver(),
                    CancellationToken.None
                )
                .Failure,
            Is.Null
        );
    }
}
