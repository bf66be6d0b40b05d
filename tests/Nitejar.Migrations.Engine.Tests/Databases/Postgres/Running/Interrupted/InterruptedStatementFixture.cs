using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running.Interrupted;

/// <summary>Interrupts statements that work in several transactions of their own.</summary>
public abstract class InterruptedStatementFixture : ConformanceTests<PostgresTestDatabase>
{
    protected const string Make = "CREATE INDEX CONCURRENTLY by_name ON agent (name)";
    protected const string MakeUnique = "CREATE UNIQUE INDEX CONCURRENTLY by_name ON agent (name)";
    protected const string Before = "INSERT INTO agent (name) VALUES ('before')";
    protected const string After = "INSERT INTO agent (name) VALUES ('after')";

    [SetUp]
    public void AddTable() =>
        Execute(
            "CREATE TABLE agent (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE \"C\")"
        );

    protected static MigrationCatalog Up(params string[] statements) =>
        MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "One", string.Join(";\n", statements)).WithoutTransaction()
        );

    /// <summary>Cancels the run while its second statement waits for a session that has begun before it.</summary>
    protected void Interrupt(MigrationCatalog catalog, string statement)
    {
        using var cancellation = new CancellationTokenSource();
        Assert.That(
            Interrupt(catalog, statement, cancellation.Cancel, cancellation.Token),
            Is.InstanceOf<OperationCanceledException>()
        );
    }

    protected Exception? Interrupt(
        MigrationCatalog catalog,
        string statement,
        Action interrupt,
        CancellationToken cancellation
    )
    {
        using var writer = BeginWrite();
        Task? interrupting = null;
        var observer = new OnStatement(
            2,
            () => interrupting = Task.Run(() => WhenWaiting(statement, interrupt))
        );
        var failure = Run(catalog, observer, cancellation).Failure;
        interrupting!.GetAwaiter().GetResult();
        return failure;
    }

    /// <summary>Interrupts the run between the row in the journal that says that a statement begins, and its execution.</summary>
    protected void FailAt(int statement, MigrationCatalog catalog)
    {
        using var cancellation = new CancellationTokenSource();
        Assert.That(
            Run(
                catalog,
                new OnStatement(statement, cancellation.Cancel),
                cancellation.Token
            ).Failure,
            Is.InstanceOf<OperationCanceledException>()
        );
    }

    protected void LeaveInvalidIndex()
    {
        Execute("INSERT INTO agent (name) VALUES ('twice'), ('twice')");
        using var connection = TestDatabase.Open();
        Assert.That(() => Execute(connection, MakeUnique), Throws.TypeOf<PostgresException>());
    }

    protected NpgsqlConnection BeginWrite()
    {
        var connection = TestDatabase.Open();
        Execute(
            connection,
            "BEGIN; UPDATE agent SET name = name; INSERT INTO agent (name) VALUES ('writer')"
        );
        return connection;
    }

    /// <summary>
    /// Acts when a statement waits for a session that stays in its transaction, and not for one that has just asked
    /// something: REINDEX SCHEMA waits for these too, at another table.
    /// </summary>
    protected void WhenWaiting(string statement, Action act)
    {
        while (
            Query(
                $"""
                SELECT 1 FROM pg_stat_activity w JOIN pg_stat_activity h ON h.pid = ANY (pg_blocking_pids(w.pid))
                WHERE w.query LIKE '{statement}%' AND w.datname = current_database() AND h.state = 'idle in transaction'
                """
            ).Length == 0
        )
        {
            Thread.Yield();
        }

        act();
    }

    protected RunResult Run(
        MigrationCatalog catalog,
        OnStatement observer,
        CancellationToken cancellation
    ) =>
        new MigrationRunner(Database, catalog, () => HistoryOf.Origin).Run(
            new UpRequest(),
            new RunSettings(TimeSpan.FromSeconds(30), Consent: Consent.ToRequest)
            {
                Gate = observer,
            },
            observer,
            cancellation
        );

    /// <summary>The name and validity of each index but that of the primary key.</summary>
    protected string[] Indexes() =>
        Query(
            "SELECT c.relname::text, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = 'agent'::regclass AND NOT i.indisprimary ORDER BY 1"
        );

    protected string[] Names() => Query("SELECT name FROM agent ORDER BY id");

    protected static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Acts when the run is about to execute one of its statements.</summary>
    protected sealed class OnStatement(int statement, Action act) : IRunObserver, ICommitGate
    {
        private int _begun;

        public void Committing() { }

        public void CommitFailed() { }

        public void PartCommitted()
        {
            if (++_begun == statement)
            {
                act();
            }
        }

        public void LockWait(DateTime until, string? holder) { }

        public void StepStarting(MigrationId migration, Direction direction, string sql) { }
    }
}
