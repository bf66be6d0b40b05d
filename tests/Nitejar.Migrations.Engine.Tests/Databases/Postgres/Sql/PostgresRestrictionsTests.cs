using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sessions;
using Nitejar.Migrations.Postgres.Sql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Sql;

public sealed class PostgresRestrictionsTests
{
    [TestCase("COPY t FROM STDIN", "copy rows")]
    [TestCase("copy s.t (a, b) to /**/ stdout with (format csv)", "copy rows")]
    [TestCase("COPY (SELECT 'FROM x') TO STDOUT", "copy rows")]
    [TestCase("SET standard_conforming_strings = off", "where a text ends")]
    [TestCase("set local \"Standard_Conforming_Strings\" to 'no'", "where a text ends")]
    [TestCase("SET SESSION standard_conforming_strings TO DEFAULT", "where a text ends")]
    [TestCase("RESET standard_conforming_strings", "where a text ends")]
    [TestCase(
        "SELECT pg_catalog.set_config ('standard_conforming_strings', 'off', false)",
        "where a text ends"
    )]
    [TestCase(
        "DO $$ BEGIN IF true THEN SET LOCAL standard_conforming_strings = off; END IF; END $$",
        "where a text ends"
    )]
    [TestCase(
        "CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SET standard_conforming_strings = off'; END $$",
        "where a text ends"
    )]
    [TestCase("SET client_encoding = 'LATIN1'", "UTF-8")]
    [TestCase("SET NAMES 'LATIN1'", "UTF-8")]
    [TestCase("RESET ALL", "all settings")]
    [TestCase("DISCARD ALL", "all settings")]
    [TestCase("SELECT pg_advisory_unlock_all()", "the lock of the run")]
    [TestCase("SELECT 'a\0'", "a NUL")]
    public void What_would_break_the_session_is_refused(string sql, string words) =>
        Assert.That(PostgresRestrictions.FindViolation(sql), Does.Contain(words));

    [TestCase("COPY t FROM '/stdin'")]
    [TestCase("COPY stdin FROM PROGRAM 'stdin'")]
    [TestCase("SET standard_conforming_strings = on")]
    [TestCase("SELECT set_config('standard_conforming_strings', 'on', false)")]
    [TestCase("SET client_encoding = 'UTF8'")]
    [TestCase("UPDATE t SET client_encoding = 'LATIN1'")]
    [TestCase("SET search_path = s")]
    [TestCase("RESET search_path")]
    [TestCase("DISCARD PLANS")]
    [TestCase("SELECT 'SET standard_conforming_strings = off'")]
    [TestCase("INSERT INTO t VALUES ('pg_advisory_unlock_all()')")]
    [TestCase("CREATE TABLE t (a text DEFAULT 'RESET ALL')")]
    [TestCase("SELECT 1")]
    [TestCase("")]
    public void Everything_else_is_not(string sql) =>
        Assert.That(PostgresRestrictions.FindViolation(sql), Is.Null);

    [TestCase("COPY t FROM PROGRAM 'gzip -d'", "the program 'gzip -d' on the server")]
    [TestCase("COPY (SELECT 1) TO '/tmp/a'", "the file '/tmp/a' on the server")]
    [TestCase("SET ROLE app", "the role app")]
    [TestCase("SET LOCAL role = 'app'", "the role app")]
    [TestCase("SET SESSION AUTHORIZATION \"App\"", "the role App")]
    [TestCase("SET SESSION SESSION AUTHORIZATION app", "the role app")]
    [TestCase("SET session_authorization TO app", "the role app")]
    [TestCase("SELECT set_config('role', 'app', true)", "the role app")]
    [TestCase("GRANT app TO other", "the role app")]
    [TestCase("ALTER SYSTEM SET fsync = off", "the settings of the server")]
    [TestCase("LOAD 'x'", "the library x")]
    [TestCase("CREATE EXTENSION IF NOT EXISTS dblink", "the extension dblink")]
    [TestCase("DROP EXTENSION IF EXISTS hstore", "the extension hstore")]
    [TestCase("CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw", "the foreign server far")]
    [TestCase(
        "CREATE USER MAPPING FOR app SERVER far",
        "the password for a foreign server, of app"
    )]
    [TestCase("CREATE FOREIGN TABLE t (a int) SERVER far", "the foreign table t")]
    [TestCase("IMPORT FOREIGN SCHEMA s FROM SERVER far INTO here", "tables of another server")]
    [TestCase("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", "the subscription s")]
    [TestCase("CREATE ROLE app", "the role app")]
    [TestCase("ALTER USER app PASSWORD 'x'", "the role app")]
    [TestCase("DROP DATABASE d", "the database d")]
    [TestCase(
        "CREATE FUNCTION f() RETURNS int AS 'f' LANGUAGE C",
        "the server itself, by code in c"
    )]
    [TestCase(
        "CREATE FUNCTION f() RETURNS int LANGUAGE 'plpython3u' AS 'f'",
        "the server itself, by code in plpython3u"
    )]
    [TestCase("INSERT INTO t SELECT pg_read_file('/etc/passwd')", "the function pg_read_file")]
    [TestCase(
        "SELECT lo_import('/a'), LO_EXPORT(1, '/b')",
        "the function lo_import|the function LO_EXPORT"
    )]
    [TestCase("DROP TABLE other.t, public.u, pg_temp.v, w", "other.t in another schema")]
    [TestCase("WITH d AS (DELETE FROM other.t) SELECT 1", "other.t in another schema")]
    [TestCase("SET search_path = other", "other schemas, by search_path")]
    [TestCase("SELECT set_config('search_path', '', false)", "other schemas, by search_path")]
    [TestCase("SELECT * FROM dblink_exec('x', 'y')", "the function dblink_exec")]
    [TestCase(
        "DO $$ BEGIN IF a THEN COPY t TO '/a'; ELSE SET ROLE b; END IF; EXECUTE 'LOAD ''c'''; PERFORM pg_ls_dir('/'); END $$",
        "the file '/a' on the server|the role b|the library c|the function pg_ls_dir"
    )]
    public void What_a_statement_reaches_is_named(string sql, string reached) =>
        Assert.That(ReachOf(sql).Select(reach => reach.What), Is.EquivalentTo(reached.Split('|')));

    [TestCase("SET ROLE app; SELECT 1; SET ROLE app; DROP EXTENSION hstore")]
    [TestCase("DROP ROLE app")]
    [TestCase("DROP SERVER far")]
    public void What_a_rollback_undoes_is_known(string sql) =>
        Assert.That(ReachOf(sql).Select(reach => reach.IsUndone), Is.All.True);

    [TestCase("COPY t TO '/a'")]
    [TestCase("COPY t FROM PROGRAM 'a'")]
    [TestCase("SELECT lo_export(1, '/a')")]
    [TestCase("SELECT dblink('a', 'b')")]
    [TestCase("ALTER SYSTEM RESET ALL")]
    [TestCase("DROP DATABASE d")]
    public void What_it_does_not_is_known_too(string sql) =>
        Assert.That(ReachOf(sql).Select(reach => reach.IsUndone), Is.Not.Empty.And.All.False);

    [TestCase("COPY t FROM STDIN")]
    [TestCase("UPDATE t SET role = 'admin'")]
    [TestCase("GRANT SELECT ON t TO app")]
    [TestCase("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")]
    [TestCase("SELECT 'pg_read_file(1)', pg_read_file")]
    [TestCase("CREATE TABLE role (a int)")]
    [TestCase("DROP TABLE t")]
    public void Most_reach_nothing(string sql) => Assert.That(ReachOf(sql), Is.Empty);

    private static Reach[] ReachOf(string sql)
    {
        var dialect = new PostgresDialect("public", VersionTable.Standard);
        return [.. dialect.Parse(sql).SelectMany(dialect.ReachOf)];
    }
}
