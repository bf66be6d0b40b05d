using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Sql;

public sealed class PostgresStatementTests
{
    [TestCase("CREATE TABLE t (a int)", "MakeTable t")]
    [TestCase("CREATE TABLE IF NOT EXISTS s.\"T\" (a int)", "MakeTable s.T if missing")]
    [TestCase("create unlogged table d.s.T()", "MakeTable s.t")]
    [TestCase("CREATE LOCAL TEMPORARY TABLE t (a int)", "MakeTable t temporary")]
    [TestCase("CREATE TABLE t PARTITION OF p FOR VALUES IN (1)", "MakeTable t")]
    [TestCase("CREATE TABLE t AS SELECT max(a) AS b FROM u", "MakeTable t of query")]
    [TestCase("CREATE TABLE t (a) WITH (fillfactor = 70) AS SELECT 1", "MakeTable t of query")]
    [TestCase("CREATE TABLE t AS SELECT mine(1)", "MakeTable t of query opaque")]
    [TestCase("CREATE TABLE t AS SELECT pg_catalog.lower('A')", "MakeTable t of query opaque")]
    [TestCase("CREATE TABLE t AS SELECT \"lower\"('A')", "MakeTable t of query opaque")]
    [TestCase(
        "CREATE TABLE t AS WITH d AS (DELETE FROM u RETURNING *) SELECT * FROM d",
        "MakeTable t, Delete u of query"
    )]
    [TestCase(
        "CREATE TABLE t (a int REFERENCES p, b int, FOREIGN KEY (b) REFERENCES s.\"q\" (id))",
        "MakeTable t, Refer t to p, Refer t to s.q"
    )]
    [TestCase("CREATE TABLE t (a int, \"references\" text DEFAULT 'REFERENCES x')", "MakeTable t")]
    [TestCase("SELECT 1 AS a INTO TEMP TABLE t FROM u", "MakeTable t temporary of query")]
    [TestCase("SELECT * INTO s.t FROM u WHERE a IN (SELECT 1)", "MakeTable s.t of query")]
    [TestCase("SELECT drop_all() INTO t", "MakeTable t of query opaque")]
    [TestCase(
        "WITH d AS (DELETE FROM u RETURNING *) SELECT * INTO t FROM d",
        "Delete u, MakeTable t of query"
    )]
    [TestCase("SELECT 'INTO t'", "opaque")]
    [TestCase("SELECT setval('q', 8)", "AlterObject setval")]
    [TestCase(
        "SELECT setval(c.q, 8) FROM (SELECT pg_get_serial_sequence('t', 'a')::regclass AS q) AS c WHERE coalesce(pg_sequence_last_value(c.q), 0) < 8",
        "AlterObject setval"
    )]
    [TestCase("SELECT setval('q', (SELECT max(a) FROM t))", "opaque")]
    [TestCase("SELECT setval('q', mine())", "opaque")]
    [TestCase("CREATE UNIQUE INDEX \"I\" ON s.t (a)", "MakeIndex s.I on s.t unique")]
    [TestCase(
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY t USING gin (a)",
        "MakeIndex i on t if missing"
    )]
    [TestCase("CREATE UNIQUE INDEX ON t (a)", "AlterObject t on t unique")]
    [TestCase("CREATE OR REPLACE VIEW v AS SELECT 1", "MakeView v if missing")]
    [TestCase("CREATE TEMP RECURSIVE VIEW v (a) AS SELECT 1", "MakeView v temporary")]
    [TestCase("CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT 1", "MakeView v if missing")]
    [TestCase("CREATE MATERIALIZED VIEW v AS SELECT mine()", "MakeView v opaque")]
    [TestCase(
        "CREATE OR REPLACE TRIGGER r BEFORE UPDATE OF a, b ON s.t FOR EACH ROW EXECUTE FUNCTION f()",
        "MakeTrigger s.r on s.t if missing"
    )]
    [TestCase(
        "CREATE CONSTRAINT TRIGGER \"on\" AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "MakeTrigger on on t"
    )]
    [TestCase("CREATE SEQUENCE IF NOT EXISTS s.q START 1", "AlterObject s.q")]
    [TestCase("CREATE TYPE mood AS ENUM ('a')", "AlterObject mood")]
    [TestCase(
        "CREATE OR REPLACE FUNCTION f(a int) RETURNS int AS 'x' LANGUAGE sql",
        "AlterObject f"
    )]
    [TestCase("CREATE SCHEMA s", "AlterObject s")]
    [TestCase("CREATE SCHEMA s CREATE TABLE t (a int)", "opaque")]
    [TestCase("CREATE EXTENSION hstore", "opaque")]
    [TestCase("CREATE RULE r AS ON INSERT TO t DO INSTEAD DELETE FROM t", "opaque")]
    [TestCase("-- why\n/* and /* so */ */ create index i on t(a)", "MakeIndex i on t")]
    [TestCase("ALTER TABLE t ADD COLUMN a text", "AddColumn t.a")]
    [TestCase("ALTER TABLE t ADD IF NOT EXISTS a text DEFAULT now()", "AddColumn t.a if missing")]
    [TestCase("ALTER TABLE t ADD a int DEFAULT mine()", "AddColumn t.a opaque")]
    [TestCase("ALTER TABLE t ADD exclude int", "AddColumn t.exclude")]
    [TestCase("ALTER TABLE t ADD a int REFERENCES p", "AddColumn t.a, Refer t to p opaque")]
    [TestCase(
        "ALTER TABLE IF EXISTS ONLY s.t * ADD a numeric(10, 2), DROP b, ALTER c TYPE int USING c::int, DROP COLUMN IF EXISTS \"D\"",
        "AddColumn s.t.a, DropColumn s.t.b, Update s.t.c of all, DropColumn s.t.D"
    )]
    [TestCase("ALTER TABLE t DROP a CASCADE", "DropColumn t.a opaque")]
    [TestCase("ALTER TABLE t ALTER COLUMN a SET DATA TYPE text", "Update t.a of all")]
    [TestCase("ALTER TABLE t ALTER a SET EXPRESSION AS (b + 1)", "Update t.a of all")]
    [TestCase("ALTER TABLE t ALTER type SET NOT NULL, ALTER b DROP DEFAULT", "AlterObject t on t")]
    [TestCase("ALTER TABLE t ADD CHECK (a IN (1, 2)), VALIDATE CONSTRAINT c", "AlterObject t on t")]
    [TestCase("ALTER TABLE t DROP CONSTRAINT c, OWNER TO o", "AlterObject t on t")]
    [TestCase("ALTER TABLE s.t ADD CONSTRAINT c UNIQUE (a, b)", "MakeIndex s.c on s.t unique")]
    [TestCase("ALTER TABLE t ADD CONSTRAINT c PRIMARY KEY (a)", "MakeIndex c on t unique")]
    [TestCase("ALTER TABLE t ADD PRIMARY KEY (a)", "AlterObject t on t unique")]
    [TestCase("ALTER TABLE t ADD CONSTRAINT c UNIQUE USING INDEX i", "AlterObject t on t")]
    [TestCase("ALTER TABLE t ADD CONSTRAINT c EXCLUDE USING gist (a WITH &&)", "MakeIndex c on t")]
    [TestCase(
        "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES s.p (x, y) ON DELETE CASCADE",
        "Refer t to s.p"
    )]
    [TestCase("ALTER TABLE t RENAME TO u", "RenameTable t to u")]
    [TestCase("ALTER TABLE t RENAME a TO \"B b\"", "RenameColumn t.a to B b")]
    [TestCase("ALTER TABLE t RENAME COLUMN a TO b", "RenameColumn t.a to b")]
    [TestCase("ALTER TABLE t RENAME CONSTRAINT a TO b", "AlterObject t on t")]
    [TestCase("ALTER TABLE t RENAME", "opaque")]
    [TestCase("ALTER TABLE t SET SCHEMA s", "opaque")]
    [TestCase("ALTER TABLE t ATTACH PARTITION p DEFAULT", "opaque")]
    [TestCase("ALTER TABLE t INHERIT p, DROP a", "DropColumn t.a opaque")]
    [TestCase("ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b", "opaque")]
    [TestCase("ALTER TYPE mood ADD VALUE 'b'", "AlterObject mood")]
    [TestCase("ALTER TYPE pair DROP ATTRIBUTE a CASCADE", "opaque")]
    [TestCase("ALTER SEQUENCE IF EXISTS s.q RESTART", "AlterObject s.q")]
    [TestCase("ALTER SCHEMA s RENAME TO r", "opaque")]
    [TestCase("ALTER INDEX i RENAME TO j", "AlterObject i")]
    [TestCase("COMMENT ON COLUMN s.t.c IS 'x'", "AlterObject t")]
    [TestCase("COMMENT ON TABLE s.t IS 'x'", "AlterObject s.t")]
    [TestCase("COMMENT ON CONSTRAINT c ON t IS 'x'", "AlterObject c")]
    [TestCase("GRANT SELECT (a), UPDATE ON t TO r", "AlterObject t")]
    [TestCase("REVOKE ALL ON ALL TABLES IN SCHEMA s FROM r", "AlterObject s")]
    [TestCase("GRANT a TO b", "opaque")]
    [TestCase("DROP TABLE t", "DropTable t")]
    [TestCase(
        "DROP TABLE IF EXISTS \"A\", s.b, c CASCADE",
        "DropTable A, DropTable s.b, DropTable c opaque"
    )]
    [TestCase("DROP TABLE a, b RESTRICT", "DropTable a, DropTable b")]
    [TestCase("DROP INDEX CONCURRENTLY IF EXISTS s.i, j", "DropObject s.i, DropObject j opaque")]
    [TestCase("DROP VIEW v", "DropObject v opaque")]
    [TestCase("DROP MATERIALIZED VIEW v", "DropObject v opaque")]
    [TestCase("DROP TRIGGER IF EXISTS r ON s.t", "DropObject s.r on s.t opaque")]
    [TestCase("DROP SEQUENCE q", "AlterObject q")]
    [TestCase("DROP FUNCTION f(int), g(int, text)", "AlterObject f, AlterObject g")]
    [TestCase("DROP TYPE t CASCADE", "opaque")]
    [TestCase("DROP SCHEMA s CASCADE", "opaque")]
    [TestCase("DROP SCHEMA s", "AlterObject s")]
    [TestCase("DROP OWNED BY r", "opaque")]
    [TestCase("DROP EXTENSION e", "opaque")]
    [TestCase("DELETE FROM ONLY s.\"T\" * AS x USING u WHERE x.a = u.a", "Delete s.T")]
    [TestCase("DELETE FROM t", "Delete t")]
    [TestCase(
        "TRUNCATE a, ONLY s.b *, c RESTART IDENTITY",
        "Delete a of all, Delete s.b of all, Delete c of all"
    )]
    [TestCase("TRUNCATE TABLE t CASCADE", "Delete t of all opaque")]
    [TestCase(
        "UPDATE ONLY s.t AS x SET a = (SELECT b, c FROM d), (e, \"F\") = (1, 2), g[1] = ARRAY[1, 2], h.i = CASE WHEN a THEN 1 END, j = a IS DISTINCT FROM b, k = 1 FROM u, v WHERE l = 1",
        "Update s.t.a, Update s.t.e, Update s.t.F, Update s.t.g, Update s.t.h, Update s.t.j, Update s.t.k"
    )]
    [TestCase(
        "UPDATE t SET a = x.from, b = (x).where, c = 1. FROM x",
        "Update t.a, Update t.b, Update t.c"
    )]
    [TestCase("UPDATE t SET 1 = 2", "opaque")]
    [TestCase("SELECT a AS into, b.into FROM t", "opaque")]
    [TestCase(
        "INSERT INTO t SELECT a AS returning, b.do FROM b",
        "Insert t by SELECT a AS returning, b.do FROM b"
    )]
    [TestCase("CREATE TABLE pg_temp.t AS SELECT 1", "MakeTable pg_temp.t temporary of query")]
    [TestCase("SELECT 1 INTO pg_temp.t", "MakeTable pg_temp.t temporary of query")]
    [TestCase("INSERT INTO t VALUES (1)", "Insert t values")]
    [TestCase(
        "INSERT INTO s.t AS x (a, b) OVERRIDING SYSTEM VALUE VALUES (1, 2)",
        "Insert s.t values"
    )]
    [TestCase("INSERT INTO t DEFAULT VALUES RETURNING a", "Insert t values")]
    [TestCase("INSERT INTO t (values) VALUES (1)", "Insert t values")]
    [TestCase("INSERT INTO t SELECT a FROM u -- all", "Insert t by SELECT a FROM u -- all")]
    [TestCase("INSERT INTO t (a) TABLE u", "Insert t by TABLE u")]
    [TestCase("INSERT INTO t (SELECT 1)", "Insert t by (SELECT 1)")]
    [TestCase("INSERT INTO t ((VALUES (1)))", "Insert t by ((VALUES (1)))")]
    [TestCase("INSERT INTO t SELECT 1 ON CONFLICT DO NOTHING RETURNING *", "Insert t by SELECT 1")]
    [TestCase(
        "INSERT INTO t SELECT 1 FROM a JOIN b ON conflict.x ON CONFLICT (y) WHERE z DO UPDATE SET c = excluded.c, d = 1 WHERE e",
        "Insert t, Update t.c, Update t.d by SELECT 1 FROM a JOIN b ON conflict.x"
    )]
    [TestCase(
        "INSERT INTO t SELECT 1 FROM a JOIN b ON conflict",
        "Insert t by SELECT 1 FROM a JOIN b ON conflict"
    )]
    [TestCase("INSERT INTO t VALUES ('DO UPDATE') RETURNING a", "Insert t values")]
    [TestCase("COPY s.t (a, b) FROM '/f' WITH (FORMAT csv)", "Insert s.t")]
    [TestCase("COPY t TO '/f'", "opaque")]
    [TestCase("COPY (DELETE FROM t RETURNING *) TO '/f'", "opaque")]
    [TestCase(
        "MERGE INTO ONLY s.t AS x USING u ON x.a = u.a WHEN MATCHED AND CASE WHEN b THEN delete END THEN DELETE WHEN MATCHED THEN UPDATE SET c = CASE WHEN d THEN 1 END, e = 2 WHEN NOT MATCHED THEN INSERT (a) VALUES (1)",
        "Delete s.t, Update s.t.c, Update s.t.e, Insert s.t"
    )]
    [TestCase("MERGE INTO t USING u ON true WHEN MATCHED THEN DO NOTHING", "opaque")]
    [TestCase("WITH x AS (SELECT 1) DELETE FROM t", "Delete t")]
    [TestCase(
        "with recursive x(a) as not materialized (values (1), (2)) cycle a set c using p, \"delete\" as (select ')') delete from s.t where a in x",
        "Delete s.t"
    )]
    [TestCase(
        "WITH moved AS (DELETE FROM a RETURNING *), n AS (WITH o AS (SELECT 1) UPDATE b SET c = 1) INSERT INTO d SELECT * FROM moved",
        "Delete a, Update b.c, Insert d"
    )]
    [TestCase("WITH x AS (SELECT 1) INSERT INTO t VALUES (1)", "Insert t values")]
    [TestCase("WITH d AS (DELETE FROM t) SELECT 1", "Delete t")]
    [TestCase("WITH d AS (SELECT 'DELETE FROM t') SELECT 1", "opaque")]
    [TestCase("EXPLAIN ANALYZE DELETE FROM t", "opaque")]
    [TestCase("SELECT f()", "opaque")]
    [TestCase("CALL p()", "opaque")]
    [TestCase("DO $$ BEGIN DELETE FROM t; END $$", "opaque")]
    [TestCase("BEGIN", "transaction")]
    [TestCase("start transaction", "transaction")]
    [TestCase("/**/END", "transaction")]
    [TestCase("ABORT", "transaction")]
    [TestCase("COMMIT AND CHAIN", "transaction")]
    [TestCase("COMMIT PREPARED 'a'", "transaction")]
    [TestCase("PREPARE TRANSACTION 'a'", "transaction")]
    [TestCase("PREPARE p AS SELECT 1", "opaque")]
    [TestCase("ROLLBACK", "transaction")]
    [TestCase("ROLLBACK WORK TO SAVEPOINT s", "opaque")]
    [TestCase("SAVEPOINT s", "opaque")]
    [TestCase("-- only a comment", "opaque")]
    public void The_effects_of_a_statement_are_known_by_its_words(string sql, string effects) =>
        Assert.That(Text(PostgresStatement.Parse(sql)), Is.EqualTo(effects));

    [TestCase("Straße_ÄÖ", "straße_ÄÖ")]
    [TestCase("\"a\"\"B\"", "a\"B")]
    [TestCase("U&\"d\\0061t\\+00006A\"", "datj")]
    [TestCase("u&\"d!0061!!\" UESCAPE '!'", "da!")]
    [TestCase("U&\"\\D83D\\DE00\"", "😀")]
    [TestCase("t_😀", "t_😀")]
    [TestCase("a$b", "a$b")]
    [TestCase(
        "Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefghi_longer",
        "abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefghi"
    )]
    [TestCase(
        "\"12345678901234567890123456789012345678901234567890123456789012ä\"",
        "12345678901234567890123456789012345678901234567890123456789012"
    )]
    public void A_name_is_the_one_that_the_server_keeps(string written, string name) =>
        Assert.That(
            PostgresStatement.Parse($"DROP TABLE {written}").Effects.Select(e => e.Name),
            Is.EqualTo(new[] { name })
        );

    [TestCase("\"\"")]
    [TestCase("\"open")]
    [TestCase("U&\"a\\00\"")]
    [TestCase("U&\"a\\+110000\"")]
    [TestCase("'t'")]
    [TestCase("7")]
    [TestCase("")]
    public void What_is_not_a_name_is_not_guessed(string written) =>
        Assert.That(PostgresStatement.Parse($"DROP TABLE {written}").Effects, Is.Empty);

    [TestCase("CREATE TABLE t (a int REFERENCES p)", true)]
    [TestCase("ALTER TABLE t ADD COLUMN a int", true)]
    [TestCase("ALTER TABLE t ALTER a SET NOT NULL", true)]
    [TestCase("COMMENT ON TABLE t IS ''", true)]
    [TestCase("ALTER TABLE t ADD COLUMN a int REFERENCES p", false)]
    [TestCase("CREATE TABLE t AS SELECT f()", false)]
    [TestCase("ALTER TABLE t ALTER a TYPE int", false)]
    [TestCase("INSERT INTO t VALUES (1)", false)]
    [TestCase("DROP VIEW v", false)]
    [TestCase("SELECT 1", false)]
    public void Statements_that_only_add_cannot_touch_rows(string sql, bool onlyAdds) =>
        Assert.That(PostgresStatement.Parse(sql).OnlyAdds, Is.EqualTo(onlyAdds));

    [TestCase("CREATE TABLE s.t (a int)", true)]
    [TestCase("CREATE TABLE s.t AS SELECT 1", true)]
    [TestCase("CREATE TABLE t (a int)", false)]
    [TestCase("CREATE TABLE IF NOT EXISTS s.t (a int)", false)]
    [TestCase("CREATE TABLE pg_temp.t (a int)", false)]
    [TestCase("CREATE VIEW s.v AS SELECT 1", false)]
    [TestCase("DROP TABLE s.t CASCADE", true)]
    [TestCase("DROP TABLE t", false)]
    [TestCase("DROP TABLE IF EXISTS s.t", false)]
    [TestCase("DROP VIEW s.v", false)]
    public void Success_tells_of_a_table_that_cannot_be_another(string sql, bool isTold) =>
        Assert.That(
            PostgresStatement.Parse(sql).Effects.Select(effect => effect.IsToldBySuccess),
            Is.EqualTo(new[] { isTold })
        );

    [TestCase("VACUUM t", true)]
    [TestCase("-- now\nvacuum", true)]
    [TestCase("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)", true)]
    [TestCase("DROP INDEX CONCURRENTLY i", true)]
    [TestCase("REINDEX INDEX CONCURRENTLY i", true)]
    [TestCase("REINDEX (VERBOSE, CONCURRENTLY) TABLE t", true)]
    [TestCase("REINDEX SCHEMA s", true)]
    [TestCase("CREATE DATABASE d", true)]
    [TestCase("DROP DATABASE d", true)]
    [TestCase("ALTER DATABASE d SET TABLESPACE s", true)]
    [TestCase("CREATE TABLESPACE s LOCATION '/s'", true)]
    [TestCase("ALTER SYSTEM SET a = 1", true)]
    [TestCase("CLUSTER", true)]
    [TestCase("CLUSTER VERBOSE", true)]
    [TestCase("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", true)]
    [TestCase("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", true)]
    [TestCase("DISCARD ALL", true)]
    [TestCase("ALTER TYPE mood ADD VALUE 'b'", false)]
    [TestCase("CREATE INDEX \"concurrently\" ON t (a)", false)]
    [TestCase("DROP INDEX i", false)]
    [TestCase("REINDEX TABLE t", false)]
    [TestCase("REINDEX (VERBOSE) TABLE t", false)]
    [TestCase("CLUSTER t", false)]
    [TestCase("CLUSTER (VERBOSE) t USING i", false)]
    [TestCase("ALTER TABLE t DETACH PARTITION p", false)]
    [TestCase("ALTER DATABASE d SET a = 1", false)]
    [TestCase("DROP TABLE vacuum", false)]
    public void Some_statements_refuse_a_transaction(string sql, bool refuses) =>
        Assert.That(PostgresStatement.RefusesTransaction(sql), Is.EqualTo(refuses));

    [TestCase("DELETE FROM s.\"T\" AS x WHERE x.a = 'USING'", "s.\"T\" AS x WHERE x.a = 'USING'")]
    [TestCase("DELETE FROM t", "t")]
    [TestCase(
        "DELETE FROM t WHERE a IS DISTINCT FROM (SELECT b FROM u)",
        "t WHERE a IS DISTINCT FROM (SELECT b FROM u)"
    )]
    [TestCase(
        "UPDATE ONLY s.t x SET a = 1, b = c IS DISTINCT FROM d WHERE x.a = 2",
        "ONLY s.t x WHERE x.a = 2"
    )]
    [TestCase("UPDATE t SET a = 1", "t")]
    public void The_rows_that_a_statement_meets_can_be_counted(string sql, string counted) =>
        Assert.That(
            PostgresCountQuery.Of(PostgresStatement.Parse(sql)),
            Is.EqualTo($"SELECT count(*) FROM {counted}")
        );

    [TestCase("DELETE FROM t USING u WHERE t.a = u.a")]
    [TestCase("DELETE FROM t WHERE a = 1 RETURNING b")]
    [TestCase("DELETE FROM t WHERE CURRENT OF c")]
    [TestCase("UPDATE t SET a = u.a FROM u WHERE t.b = u.b")]
    [TestCase("UPDATE t SET a = 1 RETURNING b")]
    [TestCase("WITH x AS (SELECT 1) DELETE FROM t WHERE a IN (TABLE x)")]
    [TestCase("TRUNCATE a")]
    [TestCase("DROP TABLE t")]
    public void Those_of_others_are_not(string sql) =>
        Assert.That(PostgresCountQuery.Of(PostgresStatement.Parse(sql)), Is.Null);

    [Test]
    public void Names_in_quotes_count_as_words()
    {
        var words = new HashSet<string>();

        PostgresStatement.AddWords(
            "UPDATE \"Big Table\" SET a = (SELECT max(b) FROM Other WHERE c = 'not_that') -- not_this",
            words
        );

        Assert.That(words, Is.SupersetOf(new[] { "big table", "other", "a", "b" }));
        Assert.That(words, Does.Not.Contain("not_this").And.Not.Contain("not_that"));
    }

    [TestCase("DO $a$ BEGIN EXECUTE 'DELETE FROM \"T\"'; END $a$")]
    [TestCase("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM T'")]
    public void Names_in_code_count_as_words(string sql)
    {
        var words = new HashSet<string>();

        PostgresStatement.AddWords(sql, words);

        Assert.That(words, Does.Contain("t").And.Contain("delete"));
    }

    private static string Text(Statement statement)
    {
        string?[] words =
        [
            string.Join(", ", statement.Effects.Select(Text)),
            statement.MakesTableOfQuery ? "of query" : null,
            statement.MakesUnique ? "unique" : null,
            statement.InsertsValues ? "values" : null,
            statement.Query is { } query ? $"by {query}" : null,
            statement.IsOpaque ? "opaque" : null,
            statement.ControlsTransaction ? "transaction" : null,
            statement.ReplacesRows ? "replacing" : null,
        ];
        return string.Join(' ', words.Where(word => !string.IsNullOrEmpty(word)));
    }

    private static string Text(Effect effect) =>
        $"{effect.Kind} {effect.Object}"
        + (effect.Column is { } column ? $".{column}" : "")
        + (effect.NewName is { } name ? $" to {name}" : "")
        + (effect is { Kind: EffectKind.Refer, Table: { } parent } ? $" to {parent}" : "")
        + (effect is { Kind: not EffectKind.Refer, Table: { } table } ? $" on {table}" : "")
        + (effect.IsOfAllRows ? " of all" : "")
        + (effect.IsTemporary ? " temporary" : "")
        + (effect.OnlyIfMissing ? " if missing" : "");
}
