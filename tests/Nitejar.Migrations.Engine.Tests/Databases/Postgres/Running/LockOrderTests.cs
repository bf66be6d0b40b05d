using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>A run that keeps everyone out of several tables does so from its beginning, in one order, and its dry run says so.</summary>
public sealed class LockOrderTests : ConformanceTests<PostgresTestDatabase>
{
    private static readonly MigrationCatalog Two = MigrationsOf.Catalog(
        MigrationsOf.Sql(
            1,
            "tables",
            "CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (id integer PRIMARY KEY); CREATE TABLE c (id integer)",
            "DROP TABLE c; DROP TABLE b; DROP TABLE a"
        ),
        MigrationsOf.Sql(
            2,
            "columns",
            "ALTER TABLE b ADD note text; CREATE INDEX by_id ON c (id); ALTER TABLE a ADD note text",
            "ALTER TABLE a DROP note; DROP INDEX by_id; ALTER TABLE b DROP note"
        )
    );

    private static RunSettings Patient => Allowed with { LockTimeout = TimeSpan.FromSeconds(30) };

    [SetUp]
    public void Apply() => Succeed(Two, new UpRequest(To: 1));

    /// <summary>Else the run would have <c>b</c> already, which the other wants, and wait for <c>a</c>, which the other has.</summary>
    [Test]
    public async Task While_it_waits_for_the_first_it_holds_none()
    {
        using var other = TestDatabase.Open();
        Execute(other, "BEGIN; LOCK TABLE a");
        var run = Task.Run(() => Run(Two, new UpRequest(), Patient));
        while (
            !run.IsCompleted
            && Query("SELECT 1 FROM pg_locks WHERE relation = 'a'::regclass AND NOT granted") is []
        )
        {
            Thread.Yield();
        }

        Assert.That(() => Execute(other, "LOCK TABLE b NOWAIT; COMMIT"), Throws.Nothing);
        Assert.That((await run).Failure, Is.Null);
    }

    /// <summary>The server locks the parent of a table that is dropped, which a role without rights on it may not do by itself.</summary>
    [Test]
    public void A_table_of_another_role_is_left_to_the_statement()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(
                3,
                "children",
                "CREATE TABLE d (id integer REFERENCES a); CREATE TABLE e (id integer)",
                "DROP TABLE e; DROP TABLE d"
            )
        );
        var role = $"role_{Guid.NewGuid():N}";
        Execute(
            $"""
            DROP TABLE "VersionInfo", "VersionJournal";
            CREATE ROLE {role} LOGIN; GRANT ALL ON SCHEMA public TO {role}; GRANT REFERENCES ON a TO {role};
            GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role};
            """
        );
        try
        {
            foreach (
                MigrationRequest request in (MigrationRequest[])[new UpRequest(), new DownRequest()]
            )
            {
                using var connection = TestDatabase.Open();
                var target = new PostgresConnectionText(static _ => null).ParseAdo(
                    $"{connection.ConnectionString};Username={role}"
                );
                var result = new MigrationRunner(
                    new PostgresDatabase(target),
                    catalog,
                    () => HistoryOf.Origin
                ).Run(request, Patient, new SilentObserver(), CancellationToken.None);
                Assert.That(result.Failure, Is.Null);
            }
        }
        finally
        {
            Execute(
                $"REASSIGN OWNED BY {role} TO CURRENT_USER; DROP OWNED BY {role}; DROP ROLE {role}"
            );
        }
    }

    [Test]
    public void A_dry_run_tells_whom_it_keeps_out_of_what()
    {
        var preview = Preview(Two, new UpRequest());

        Assert.That(
            preview.Locks.Select(one => (one.Table, one.Level)),
            Is.EqualTo(
                new[]
                {
                    ("a", LockLevel.Everyone),
                    ("b", LockLevel.Everyone),
                    ("c", LockLevel.Writers),
                }
            )
        );
        Assert.That(preview.Warnings, Is.Empty);
    }

    [TestCase(CommitUnit.Run, true)]
    [TestCase(CommitUnit.Migration, false)]
    public void A_dry_run_warns_of_many_rows_that_others_wait_for(CommitUnit unit, bool warns)
    {
        // As the server would estimate it of as many rows.
        Execute("UPDATE pg_class SET reltuples = 2400000 WHERE oid = 'c'::regclass");

        var preview = Preview(Two, new UpRequest() { CommitUnit = unit });

        Assert.That(
            preview.Warnings,
            warns
                ? Has
                    .One.Contains("neither read nor write a, b")
                    .And.One.Contains("about 2,400,000 rows of c")
                : Is.Empty
        );
    }

    private DryRunResult Preview(MigrationCatalog catalog, MigrationRequest request) =>
        new DryRun(Database, catalog).Preview(request, NoWait);

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
