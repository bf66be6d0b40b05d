using System.Data;
using FluentMigrator;
using FluentMigrator.Infrastructure;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Engine.Tests.FluentMigrations;

/// <summary>A migration may read while it is evaluated, and only read.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
public sealed class ReadingTests<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    [SetUp]
    public void AddRows()
    {
        Execute("CREATE TABLE t (a INTEGER, b TEXT)");
        Execute("INSERT INTO t VALUES (1, 'x'), (2, NULL)");
    }

    [Test]
    public void It_gets_rows_and_has_no_checksum()
    {
        DataSet? answer = null;

        var script = Compile(m =>
            answer = Read(m, "SELECT a, b AS \"{{b}}\" FROM t WHERE a < {0}", 9)
        );

        var table = answer!.Tables[0];
        Assert.That(
            table.Columns.Cast<DataColumn>().Select(c => c.ColumnName),
            Is.EqualTo(new[] { "a", "{b}" })
        );
        Assert.That(
            table.Rows.Cast<DataRow>().Select(row => row.ItemArray),
            Is.EqualTo(new[] { new object[] { 1L, "x" }, [2L, DBNull.Value] })
        );
        Assert.That((script.AskedDatabase, script.Checksum), Is.EqualTo((true, default(string))));
    }

    [Test]
    public void No_rows_are_a_table_and_no_database_is_none()
    {
        DataSet? answer = null;

        Compile(m => answer = Read(m, "WITH n AS (SELECT 1) SELECT * FROM t, n WHERE a > 5"));
        Assert.That(answer!.Tables[0].Rows, Is.Empty);

        Compile(m => answer = Read(m, "SELECT a FROM t"), withDatabase: false);
        Assert.That(answer!.Tables, Is.Empty);
    }

    [TestCase("DELETE FROM t")]
    [TestCase("WITH n AS (SELECT 1) DELETE FROM t")]
    [TestCase("SELECT 1; DELETE FROM t")]
    [TestCase("PRAGMA user_version = 3")]
    [TestCase("COMMIT")]
    [TestCase("SELECT no_such_column FROM t")]
    [TestCase("")]
    public void Anything_else_is_refused_while_the_lock_is_held(string sql) =>
        Fail<MigrationFailedException>(
            MigrationsOf.Catalog(MigrationsOf.Code(1, "One", m => Read(m, sql), _ => { })),
            new UpRequest()
        );

    private MigrationScript Compile(Action<Migration> up, bool withDatabase = true)
    {
        using var reader = withDatabase ? Database.OpenReader(TimeSpan.Zero) : null;
        return new MigrationCompiler(SqliteDriver.Instance).Compile(
            MigrationsOf.Code(1, "One", up, _ => { }),
            Direction.Up,
            reader?.Schema
        );
    }

    private static DataSet Read(Migration migration, string sql, params object[] values)
    {
        var context = ((IMigrationContextAccessor)migration.Execute).GetMigrationContext();
        return ((IMigrationProcessor)context.QuerySchema).Read(sql, values);
    }
}
