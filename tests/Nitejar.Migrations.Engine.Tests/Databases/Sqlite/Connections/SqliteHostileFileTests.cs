using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Sessions;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Connections;

/// <summary>What a file can make a connection do, and what honest files may still do.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
public sealed class SqliteHostileFileTests<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string Endless =
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r";

    /// <summary>A search index that triggers keep, as the manual of fts5 has it, and a view with a function of fts5's.</summary>
    private const string Search = """
        CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);
        CREATE VIRTUAL TABLE found USING fts5 (body, content = 'notes', content_rowid = 'id');
        CREATE TRIGGER notes_added AFTER INSERT ON notes BEGIN
            INSERT INTO found (rowid, body) VALUES (new.id, new.body);
        END;
        CREATE TRIGGER notes_deleted AFTER DELETE ON notes BEGIN
            INSERT INTO found (found, rowid, body) VALUES ('delete', old.id, old.body);
        END;
        CREATE VIEW marked AS SELECT highlight(found, 0, '<', '>') AS body FROM found WHERE found MATCH 'word';
        """;

    [Test]
    public void A_search_index_that_triggers_keep_works_in_both_directions()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "search",
                Search,
                "DROP VIEW marked; DROP TABLE found; DROP TABLE notes"
            ),
            MigrationsOf.Sql(
                2,
                "rows",
                "INSERT INTO notes (body) VALUES ('a word'); CREATE TABLE kept AS SELECT body FROM marked",
                "DROP TABLE kept; DELETE FROM notes"
            )
        );

        Succeed(catalog, new UpRequest());
        Assert.That(Query("SELECT body FROM kept"), Is.EqualTo(new[] { "a <word>" }));

        Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(Query("SELECT count(*) FROM found"), Is.EqualTo(new[] { "0" }));

        Succeed(catalog, new UpRequest());
        Succeed(catalog, new DownRequest(All: true), Allowed);
    }

    [Test]
    public void A_migration_may_write_the_schema_as_the_manual_of_SQLite_tells()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Sql(
                2,
                "two",
                """
                PRAGMA writable_schema = ON; -- nitejar-migrate: unrestricted
                UPDATE sqlite_schema SET sql = 'CREATE TABLE one (id INTEGER PRIMARY KEY CHECK (id > 0))' WHERE name = 'one';
                PRAGMA writable_schema = OFF;
                """
            )
        );

        Succeed(catalog, new UpRequest());

        Assert.That(
            Query("SELECT sql FROM sqlite_schema WHERE name = 'one'")[0],
            Does.Contain("CHECK")
        );
    }

    [Test]
    public void Who_only_reads_trusts_no_schema()
    {
        Execute(Search);
        using var reader = Database.OpenReader(TimeSpan.Zero)!;

        Assert.That(
            () => reader.Schema.Read("SELECT body FROM marked"),
            Throws
                .InstanceOf<NotSupportedException>()
                .With.Message.Contains("unsafe use of highlight")
        );
    }

    [Test]
    public void Every_connection_that_reads_has_its_defenses([Values] bool unchanging)
    {
        Execute("CREATE TABLE one (id INTEGER)");
        var path = ((SqliteDatabase)Database).Path;
        using var connection = unchanging
            ? SqliteConnections.OpenUnchanging(path, "x")
            : SqliteConnections.OpenToRead(path, "x", TimeSpan.Zero);

        _ = raw.sqlite3_db_config(
            connection.Handle,
            raw.SQLITE_DBCONFIG_DEFENSIVE,
            -1,
            out var isDefensive
        );
        Assert.Multiple(() =>
        {
            Assert.That(isDefensive, Is.EqualTo(1));
            Assert.That(connection.Number("PRAGMA trusted_schema"), Is.Zero);
            Assert.That(connection.Number("PRAGMA cell_size_check"), Is.EqualTo(1));
            Assert.That(
                raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_ATTACHED, -1),
                Is.Zero
            );
        });
    }

    [Test]
    public void A_run_checks_the_cells_too()
    {
        Execute("CREATE TABLE one (id INTEGER)");
        using var connection = SqliteConnections.OpenToWrite(
            ((SqliteDatabase)Database).Path,
            "x",
            created: null
        );

        Assert.That(connection.Number("PRAGMA cell_size_check"), Is.EqualTo(1));
    }

    [Test]
    public void A_question_ends_with_its_time_and_the_next_one_is_answered()
    {
        Execute("CREATE TABLE one (id INTEGER)");
        using var reader = Database.OpenReader(
            NoWait with
            {
                StatementTimeout = TimeSpan.FromMilliseconds(50),
            },
            CancellationToken.None
        )!;

        var late = Assert.Throws<DatabaseUnavailableException>(() => reader.Schema.Read(Endless));

        Assert.That(late!.Message, Does.Contain("0.05 s (--timeout)"));
        Assert.That(late.InnerException, Is.InstanceOf<SqliteException>());
        Assert.That(reader.Schema.TableExists(null, "one"), Is.True);
    }

    [Test]
    public void A_value_that_is_too_long_is_refused_and_the_limit_put_back()
    {
        Execute(
            """
            CREATE TABLE VersionInfo (Version INTEGER, AppliedOn DATETIME, Description TEXT);
            INSERT INTO VersionInfo VALUES (1, '', zeroblob(1000001));
            """
        );
        using var connection = SqliteConnections.OpenToRead(
            ((SqliteDatabase)Database).Path,
            "x",
            TimeSpan.Zero
        );
        var before = raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_LENGTH, -1);

        var refused = Assert.Throws<RefusedException>(() =>
            VersionInfoTable.Read(new SqliteSession(connection, VersionTable.Standard))
        );

        Assert.That(
            refused!.Message,
            Does.StartWith("VersionInfo holds a value of more than 1,000,000 bytes")
        );
        Assert.That(
            raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_LENGTH, -1),
            Is.EqualTo(before)
        );
    }
}
