using FluentMigrator;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Tests.FluentMigrations;

public sealed class MigrationCompilerTests
{
    [TestCase(DatabaseProvider.Sqlite, "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT")]
    [TestCase(DatabaseProvider.Postgres, "bigint NOT NULL GENERATED ALWAYS AS IDENTITY")]
    public void Each_database_gets_its_own_SQL(DatabaseProvider provider, string expected)
    {
        var script = Compile(
            m => m.Create.Table("t").WithColumn("id").AsInt64().PrimaryKey("pk_t").Identity(),
            provider
        );

        Assert.That(script.Sql, Does.StartWith("CREATE TABLE").And.EndWith(";"));
        Assert.That(script.Sql, Does.Contain(expected));
    }

    [Test]
    public void A_migration_can_tell_databases_apart()
    {
        static void Up(Migration m)
        {
            m.IfDatabase(ProcessorIdConstants.SQLite).Execute.Sql("SELECT 'sqlite'");
            m.IfDatabase(ProcessorIdConstants.PostgreSQL).Execute.Sql("SELECT 'postgres'");
        }

        Assert.That(Compile(Up).Sql, Is.EqualTo("SELECT 'sqlite';"));
        Assert.That(Compile(Up, DatabaseProvider.Postgres).Sql, Is.EqualTo("SELECT 'postgres';"));
    }

    [Test]
    public void The_text_joins_every_operation_and_says_on_which_line_each_begins()
    {
        var script = Compile(m =>
        {
            m.Execute.Sql("SELECT 1\n  , 2");
            m.Execute.Sql("SELECT 3 -- three");
            m.Execute.Sql("SELECT '{0}';");
        });

        Assert.That(
            script.Sql,
            Is.EqualTo("SELECT 1\n  , 2;\nSELECT 3 -- three\n;\nSELECT '{0}';")
        );
        Assert.That(
            script.Operations.Cast<SqlOperation>().Select(o => o.Line),
            Is.EqualTo(new[] { 1, 3, 5 })
        );
    }

    [Test]
    public void The_checksum_is_of_the_text()
    {
        var one = Compile(m => m.Execute.Sql("SELECT 1"));

        Assert.That(one.Checksum, Is.EqualTo(Compile(m => m.Execute.Sql("SELECT 1;")).Checksum));
        Assert.That(one.Checksum, Is.Not.EqualTo(Compile(m => m.Execute.Sql("SELECT 2")).Checksum));
    }

    [TestCase("SELECT 1 -- one;", "SELECT 1 -- one;\nSELECT 2;")]
    [TestCase("SELECT 1 /* one", "SELECT 1 /* one;\nSELECT 2;")]
    [TestCase("SELECT 1 AS a\u00A0", "SELECT 1 AS a;\nSELECT 2;")]
    public void A_checksum_of_the_form_that_earlier_releases_stored_is_known(
        string sql,
        string earlier
    )
    {
        var script = Compile(m =>
        {
            m.Execute.Sql(sql);
            m.Execute.Sql("SELECT 2");
        });

        Assert.That(script.Sql, Is.Not.EqualTo(earlier));
        Assert.That(script.IsRecordedAs(ChecksumOf(earlier)), Is.True);
        Assert.That(script.IsRecordedAs(script.Checksum!), Is.True);
        Assert.That(script.IsRecordedAs(ChecksumOf("SELECT 1;\nSELECT 2;")), Is.False);
    }

    [Test]
    public void A_migration_that_asked_the_database_has_no_checksum()
    {
        var script = Compile(m => m.Schema.Table("t").Column("c").Exists());

        Assert.That((script.AskedDatabase, script.Checksum), Is.EqualTo((true, default(string))));
    }

    [Test]
    public void Code_is_shown_as_a_comment_and_has_no_checksum()
    {
        var script = Compile(m => m.Execute.WithConnection((_, _) => { }, "fills\nthe cache"));

        Assert.That(script.Sql, Is.EqualTo("-- code: fills the cache"));
        Assert.That((script.RunsCode, script.Checksum), Is.EqualTo((true, default(string))));
    }

    [Test]
    public void What_SQLite_cannot_do_is_an_error_and_not_a_silent_gap() =>
        Assert.That(
            () => Compile(m => m.Alter.Column("c").OnTable("t").AsString()),
            Throws.TypeOf<MigrationFailedException>().With.Message.Contains("1_Test")
        );

    [Test]
    public void Reading_rows_while_it_is_evaluated_is_an_error_that_says_what_to_use() =>
        Assert.That(
            () => Compile(m => m.Execute.EmbeddedScript("no-such-script.sql")),
            Throws.TypeOf<MigrationFailedException>().With.Message.Contains("no-such-script.sql")
        );

    [Test]
    public void An_auto_reversing_migration_reverses()
    {
        var known = new Engine.Catalog.KnownMigration(
            new MigrationId(1, "Reversing"),
            new MigrationAttribute(1),
            () => new Reversing()
        );

        var down = new MigrationCompiler(DatabaseProvider.Sqlite).Compile(
            known,
            Direction.Down,
            schema: null
        );

        Assert.That(down.Sql, Is.EqualTo("DROP TABLE \"t\";"));
    }

    private static string ChecksumOf(string sql) => MigrationScript.FromStoredSql(sql).Checksum!;

    private static MigrationScript Compile(
        Action<Migration> up,
        DatabaseProvider provider = DatabaseProvider.Sqlite
    ) =>
        new MigrationCompiler(provider).Compile(
            MigrationsOf.Code(1, "Test", up, _ => { }),
            Direction.Up,
            schema: null
        );

    private sealed class Reversing : AutoReversingMigration
    {
        public override void Up() => Create.Table("t").WithColumn("id").AsInt64();
    }
}
