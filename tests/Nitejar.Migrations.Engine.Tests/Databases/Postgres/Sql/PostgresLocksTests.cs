using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Schema;
using Nitejar.Migrations.Postgres.Sessions;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Sql;

/// <summary>The locks that the words of a statement tell are those that the server takes.</summary>
public sealed class PostgresLocksTests
{
    private const string Schema = """
        CREATE TABLE p (id int PRIMARY KEY, a text);
        CREATE TABLE q (id int PRIMARY KEY);
        CREATE TABLE t (
            id int PRIMARY KEY, a text, p int CONSTRAINT to_p REFERENCES p, q int CONSTRAINT to_q REFERENCES q,
            CONSTRAINT known CHECK (id > 0));
        CREATE TABLE "T" (id int);
        CREATE TABLE u (id int PRIMARY KEY, p int);
        ALTER TABLE u ADD CONSTRAINT loose FOREIGN KEY (p) REFERENCES p NOT VALID;
        CREATE INDEX i ON t (a);
        CREATE VIEW v AS SELECT id FROM p;
        CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER r AFTER INSERT ON t EXECUTE FUNCTION nothing();
        """;

    private ThrowawayDatabase _database = null!;
    private NpgsqlConnection _connection = null!;

    [OneTimeSetUp]
    public void Create()
    {
        _database = EmptyDatabases.Take();
        _database.Execute(Schema);
        _connection = new NpgsqlConnection(_database.ConnectionString);
        _connection.Open();
    }

    [OneTimeTearDown]
    public void Drop()
    {
        _connection?.Dispose();
        _database?.Dispose();
    }

    [TestCase("CREATE TABLE n (id int, p int REFERENCES p, q int REFERENCES q)")]
    [TestCase(
        "CREATE TABLE n (id int); CREATE INDEX j ON n (id); ALTER TABLE n ADD a int; DROP TABLE n"
    )]
    [TestCase("CREATE TABLE IF NOT EXISTS t (id int); ALTER TABLE t ADD b int")]
    [TestCase("CREATE INDEX j ON t (a)")]
    [TestCase("CREATE UNIQUE INDEX ON \"T\" (id)")]
    [TestCase("CREATE TRIGGER s AFTER INSERT ON u EXECUTE FUNCTION nothing()")]
    [TestCase("CREATE VIEW w AS SELECT id FROM t")]
    [TestCase("DROP TABLE u")]
    [TestCase("DROP TABLE t, \"T\"")]
    [TestCase("DROP TABLE IF EXISTS n")]
    [TestCase("DROP INDEX i")]
    [TestCase("DROP TRIGGER r ON t")]
    [TestCase("DROP VIEW v")]
    [TestCase("TRUNCATE u")]
    [TestCase("ALTER TABLE t ADD COLUMN b int DEFAULT 1")]
    [TestCase("ALTER TABLE t ADD COLUMN b int REFERENCES q")]
    [TestCase("ALTER TABLE u ADD CONSTRAINT to_q FOREIGN KEY (p) REFERENCES q (id)")]
    [TestCase("ALTER TABLE u ADD FOREIGN KEY (p) REFERENCES q, ADD c int")]
    [TestCase("ALTER TABLE t ADD CONSTRAINT one UNIQUE (a)")]
    [TestCase("ALTER TABLE t ADD CHECK (a <> '')")]
    [TestCase("ALTER TABLE t DROP COLUMN a")]
    [TestCase("ALTER TABLE t DROP CONSTRAINT to_p")]
    [TestCase("ALTER TABLE t DROP CONSTRAINT known")]
    [TestCase("ALTER TABLE t ALTER COLUMN a TYPE varchar(9)")]
    [TestCase("ALTER TABLE t ALTER a SET NOT NULL, ALTER a SET DEFAULT 'x'")]
    [TestCase("ALTER TABLE t ALTER a SET STATISTICS 100")]
    [TestCase("ALTER TABLE t ALTER a SET (n_distinct = 5)")]
    [TestCase("ALTER TABLE t SET (fillfactor = 70)")]
    [TestCase("ALTER TABLE t RESET (fillfactor)")]
    [TestCase("ALTER TABLE t CLUSTER ON i")]
    [TestCase("ALTER TABLE t SET WITHOUT CLUSTER")]
    [TestCase("ALTER TABLE t SET UNLOGGED")]
    [TestCase("ALTER TABLE t DISABLE TRIGGER r")]
    [TestCase("ALTER TABLE t ENABLE ROW LEVEL SECURITY")]
    [TestCase("ALTER TABLE u VALIDATE CONSTRAINT loose")]
    [TestCase("ALTER TABLE \"T\" RENAME TO renamed")]
    [TestCase("ALTER TABLE \"T\" RENAME TO renamed; ALTER TABLE renamed ADD b int")]
    [TestCase("ALTER TABLE t RENAME COLUMN a TO b")]
    [TestCase("INSERT INTO p VALUES (1); UPDATE p SET a = 'x'; DELETE FROM p")]
    public void Are_those_that_the_server_takes(string sql)
    {
        var dialect = new PostgresDialect(PostgresDialect.Public, VersionTable.Standard);
        var told = new PostgresTables(_connection, PostgresDialect.Public, "VersionInfo")
            .ReadLocks(dialect.Parse(sql))
            .GroupBy(one => one.Table)
            .Select(ofTable => $"{ofTable.Key}: {ofTable.Max(one => one.Level)}");

        Assert.That(told, Is.EquivalentTo(Taken(sql)));
    }

    /// <summary>Of tables that others see, which are there before the statements.</summary>
    private List<string> Taken(string sql)
    {
        using var transaction = _connection.BeginTransaction();
        using var names = Command("SELECT oid::text || ' ' || relname FROM pg_class");
        var before = Read(names)
            .ToDictionary(one => one.Split(' ')[0], one => one.Split(' ', 2)[1]);
        using var statements = Command(sql);
        statements.ExecuteNonQuery();
        using var locks = Command(
            """
            SELECT l.relation::text || ' ' || max(CASE l.mode WHEN 'AccessExclusiveLock' THEN 2
                WHEN 'ShareLock' THEN 1 WHEN 'ShareRowExclusiveLock' THEN 1 WHEN 'ExclusiveLock' THEN 1 ELSE 0 END)
            FROM pg_locks AS l WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' GROUP BY l.relation
            """
        );
        return
        [
            .. Read(locks)
                .Select(one => (Table: before.GetValueOrDefault(one.Split(' ')[0]), Level: one[^1]))
                .Where(one => one is { Table: "p" or "q" or "t" or "T" or "u", Level: not '0' })
                .Select(one =>
                    $"{one.Table}: {(one.Level == '2' ? LockLevel.Everyone : LockLevel.Writers)}"
                ),
        ];
    }

    private NpgsqlCommand Command(string sql) => new(sql, _connection);

    private static List<string> Read(NpgsqlCommand command)
    {
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }
}
