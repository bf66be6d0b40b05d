using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Sql;

/// <summary>What the words of a statement say of it is what the server does.</summary>
public sealed class PostgresEffectsTests
{
    private const string Schema = """
        CREATE SCHEMA s;
        CREATE TABLE p (id int PRIMARY KEY, a text, b int);
        CREATE TABLE t (id int PRIMARY KEY, a text, b int, c int[], p int CONSTRAINT f REFERENCES p ON DELETE CASCADE);
        CREATE TABLE "T" (id int PRIMARY KEY, "A" text);
        CREATE TABLE s.t (id int PRIMARY KEY, a text);
        CREATE TABLE u (id int PRIMARY KEY, a text, b int);
        CREATE INDEX i ON u (a);
        CREATE INDEX j ON u (b);
        CREATE VIEW v AS SELECT a FROM s.t;
        CREATE MATERIALIZED VIEW m AS SELECT a FROM s.t;
        CREATE SEQUENCE q;
        CREATE TYPE mood AS ENUM ('calm');
        CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE FUNCTION purge() RETURNS int LANGUAGE sql AS 'DELETE FROM s.t; SELECT 1';
        CREATE TRIGGER r AFTER INSERT ON u EXECUTE FUNCTION nothing();
        INSERT INTO p VALUES (1, 'x', 1), (2, 'y', 2);
        INSERT INTO t VALUES (1, '1', 1, '{1,2}', 1), (2, '2', 2, '{3}', 2), (3, '3', 3, NULL, NULL);
        INSERT INTO "T" VALUES (1, 'x');
        INSERT INTO s.t VALUES (1, 'x'), (2, 'y');
        INSERT INTO u VALUES (1, 'x', 1), (2, 'y', 2), (7, 'z', 7);
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

    [TestCase("CREATE TABLE n (id int PRIMARY KEY, a int REFERENCES p, b int UNIQUE)")]
    [TestCase("CREATE TABLE IF NOT EXISTS s.\"N\" (id int)")]
    [TestCase("CREATE TABLE n AS SELECT * FROM t")]
    [TestCase("CREATE TABLE n AS WITH d AS (DELETE FROM u RETURNING *) SELECT * FROM d")]
    [TestCase("CREATE TABLE n AS SELECT purge() AS id")]
    [TestCase("SELECT id, a INTO s.n FROM t")]
    [TestCase("SELECT purge() AS id INTO n")]
    [TestCase("LOCK TABLE ONLY t, \"T\" * IN ACCESS EXCLUSIVE MODE")]
    [TestCase("CREATE UNIQUE INDEX \"I\" ON s.t (a)")]
    [TestCase("CREATE INDEX IF NOT EXISTS k ON ONLY t USING btree (a)")]
    [TestCase("CREATE OR REPLACE VIEW w AS SELECT 1 AS a")]
    [TestCase("CREATE MATERIALIZED VIEW s.w AS SELECT count(*) FROM t")]
    [TestCase("CREATE MATERIALIZED VIEW w AS SELECT public.purge()")]
    [TestCase("CREATE TRIGGER n AFTER UPDATE OF a ON s.t EXECUTE FUNCTION nothing()")]
    [TestCase("CREATE SEQUENCE n OWNED BY t.b")]
    [TestCase("CREATE TYPE n AS (a int)")]
    [TestCase("CREATE FUNCTION n() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END", 14)]
    [TestCase("ALTER TABLE t ADD n int DEFAULT 1, ADD COLUMN IF NOT EXISTS o numeric(10, 2)")]
    [TestCase("ALTER TABLE t ADD n int DEFAULT purge()")]
    [TestCase(
        "ALTER TABLE IF EXISTS t ADD n int, DROP a, ALTER b TYPE numeric USING b + 0.5, DROP COLUMN IF EXISTS c"
    )]
    [TestCase("ALTER TABLE t DROP CONSTRAINT f, ALTER b SET NOT NULL, ALTER a DROP DEFAULT")]
    [TestCase("ALTER TABLE t ADD CONSTRAINT n UNIQUE (a, b), ADD CHECK (b > 0)")]
    [TestCase("ALTER TABLE s.t ADD CONSTRAINT n UNIQUE (a)")]
    [TestCase("ALTER TABLE \"T\" RENAME TO n")]
    [TestCase("ALTER TABLE \"T\" RENAME \"A\" TO \"B b\"")]
    [TestCase("ALTER TABLE u SET SCHEMA s")]
    [TestCase("ALTER TABLE t RENAME CONSTRAINT f TO g")]
    [TestCase("ALTER TYPE mood RENAME VALUE 'calm' TO 'wild'")]
    [TestCase("COMMENT ON COLUMN s.t.a IS 'n'")]
    [TestCase("GRANT SELECT (a), UPDATE ON t TO public")]
    [TestCase("DROP TABLE IF EXISTS u, \"T\"")]
    [TestCase("DROP TABLE s.t CASCADE")]
    [TestCase("DROP INDEX i, public.j")]
    [TestCase("DROP VIEW v")]
    [TestCase("DROP MATERIALIZED VIEW m")]
    [TestCase("DROP TRIGGER IF EXISTS r ON u")]
    [TestCase("DROP SEQUENCE q")]
    [TestCase("DROP FUNCTION purge()")]
    [TestCase("DROP SCHEMA s CASCADE")]
    [TestCase("DELETE FROM ONLY u AS x USING t WHERE x.id = t.id")]
    [TestCase("DELETE FROM p")]
    [TestCase("TRUNCATE u, s.t RESTART IDENTITY")]
    [TestCase("TRUNCATE p CASCADE")]
    [TestCase(
        "UPDATE t AS x SET a = (SELECT max(a) FROM u), (b, c[1]) = (7, 8), p = CASE WHEN x.p = 1 THEN 2 ELSE 1 END FROM u WHERE x.id = u.id"
    )]
    [TestCase("UPDATE t SET b = CASE WHEN a IS DISTINCT FROM 'x' THEN 9 END, a = 'n'")]
    [TestCase("INSERT INTO s.t AS x (id) VALUES (7)")]
    [TestCase("INSERT INTO s.t SELECT id, a FROM u WHERE id = 7")]
    [TestCase(
        "INSERT INTO s.t (SELECT id, a FROM u) ON CONFLICT (id) DO UPDATE SET a = 'n' || excluded.a"
    )]
    [TestCase(
        "MERGE INTO t AS x USING u ON x.id = u.id WHEN MATCHED AND CASE WHEN u.b = 1 THEN true END THEN DELETE WHEN MATCHED THEN UPDATE SET a = 'n' WHEN NOT MATCHED THEN INSERT (id) VALUES (u.id)",
        15
    )]
    [TestCase(
        "WITH gone AS (DELETE FROM u WHERE id = 7 RETURNING *), n AS (UPDATE t SET a = 'n') INSERT INTO s.t SELECT id, a FROM gone"
    )]
    [TestCase("WITH RECURSIVE x(a) AS (VALUES (1)) DELETE FROM s.t WHERE id IN (SELECT a FROM x)")]
    [TestCase("WITH d AS (DELETE FROM s.t) SELECT 1")]
    [TestCase("EXPLAIN ANALYZE DELETE FROM s.t")]
    [TestCase("SELECT purge()")]
    [TestCase("DO $$ BEGIN DELETE FROM s.t; END $$")]
    [TestCase("COPY s.t (id) FROM PROGRAM 'echo 9'")]
    public void Effects_are_what_the_server_does(string sql, int version = 0)
    {
        if (_connection.PostgreSqlVersion.Major < version)
        {
            Assert.Ignore($"PostgreSQL {version} is the first to have it.");
        }

        var statement = PostgresStatement.Parse(sql);
        var said = statement.Effects.Where(IsSeen).Select(Text).ToHashSet();

        var done = Execute(sql);

        TestContext.Out.WriteLine(string.Join(", ", done));
        Assert.That(done, Is.SupersetOf(said));
        if (statement is { HasOtherEffects: false, Effects.Count: > 0 } && !IsByCascade(sql))
        {
            Assert.That(done, Is.EquivalentTo(said));
        }

        if (statement.OnlyAdds)
        {
            Assert.That(done, Has.None.StartsWith("Delete").And.None.StartsWith("Update"));
        }
    }

    [Test]
    public void The_object_of_a_statement_is_the_one_that_the_server_touches()
    {
        for (var number = 0; number < 200; number++)
        {
            var sql = new GeneratedPostgresSql(new Random(number));
            var (table, column) = (sql.WrittenName(), sql.WrittenName());
            var text = (number % 6) switch
            {
                0 => sql.Words("DROP", "TABLE", table),
                1 => sql.Words("ALTER", "TABLE", "public", ".", table, "DROP", column),
                2 => sql.Words("ALTER", "TABLE", table, "RENAME", "TO", "renamed"),
                3 => sql.Words("DELETE", "FROM", table),
                4 => sql.Words("UPDATE", table, "SET", column, "=", "9"),
                _ => sql.Words("INSERT", "INTO", table, "VALUES", "(", "9", ")"),
            };
            var made =
                $"CREATE TABLE {table} (id int PRIMARY KEY, {column} int); INSERT INTO {table} VALUES (1, 2)";

            var done = Execute(text, made);

            Assert.That(
                done,
                Is.EquivalentTo(PostgresStatement.Parse(text).Effects.Select(Text)),
                () => $"{number}: {text}"
            );
        }
    }

    private IReadOnlySet<string> Execute(string sql, string? first = null)
    {
        using var transaction = _connection.BeginTransaction();
        if (first is not null)
        {
            Run(first);
        }

        var before = DatabaseImage.Read(_connection);
        Run(sql);
        return before.ChangesTo(DatabaseImage.Read(_connection));
    }

    private void Run(string sql)
    {
        using var batch = new NpgsqlBatch(_connection);
        foreach (var text in PostgresStatements.Split(sql))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(text.Sql));
        }

        batch.ExecuteNonQuery();
    }

    /// <summary>What a foreign key takes along is a matter of the schema, not of the words.</summary>
    private static bool IsByCascade(string sql) => sql.EndsWith("FROM p", StringComparison.Ordinal);

    private static bool IsSeen(Effect effect) =>
        effect.Kind is not (EffectKind.AlterObject or EffectKind.Refer);

    private static string Text(Effect effect)
    {
        var schema = effect.Object.Schema ?? "public";
        var name = $"{effect.Kind} {schema}.{effect.Name}";
        return effect.Kind switch
        {
            EffectKind.RenameTable => $"{name} to {schema}.{effect.NewName}",
            EffectKind.RenameColumn => $"{name}.{effect.Column} to {effect.NewName}",
            EffectKind.MakeIndex or EffectKind.MakeTrigger =>
                $"{name} on {schema}.{effect.Table!.Name}",
            EffectKind.AddColumn or EffectKind.DropColumn or EffectKind.Update =>
                $"{name}.{effect.Column}",
            EffectKind.MakeTable
            or EffectKind.MakeView
            or EffectKind.Refer
            or EffectKind.DropTable
            or EffectKind.DropObject
            or EffectKind.AlterObject
            or EffectKind.Insert
            or EffectKind.Delete => name,
            _ => throw new ArgumentOutOfRangeException(nameof(effect)),
        };
    }
}
