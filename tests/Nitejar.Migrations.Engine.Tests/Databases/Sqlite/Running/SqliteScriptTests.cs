using System.Data;
using System.Text;
using FluentMigrator;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Running;

/// <summary>Long and odd texts of SQL.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
public sealed class SqliteScriptTests<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    [Test]
    public void A_NUL_is_refused_and_does_not_hide_what_follows_it()
    {
        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", "SELECT 1;\0 CREATE TABLE t (id)")),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("NUL"));
    }

    [Test]
    public void A_statement_that_ends_the_transaction_is_an_error_whatever_its_words() =>
        RequireLoss(
            m =>
            {
                m.Execute.WithConnection(
                    (connection, _) =>
                        ((SqliteConnection)connection).CreateFunction(
                            "leave",
                            () => Leave(connection)
                        )
                );
                m.Execute.Sql("SELECT 1; SELECT leave(); SELECT 3");
            },
            "at statement 3, line 2: the statement ended the transaction of the run"
        );

    [Test]
    public void Code_that_ends_the_transaction_is_an_error() =>
        RequireLoss(
            m => m.Execute.WithConnection((connection, _) => Leave(connection)),
            "the code ended the transaction of the run"
        );

    private void RequireLoss(Action<Migration> up, string words)
    {
        var failure = Run(
            MigrationsOf.Catalog(MigrationsOf.Code(1, "Leaving", up, _ => { })),
            new UpRequest()
        ).Failure;

        Assert.That(failure, Is.InstanceOf<MigrationFailedException>());
        Assert.That(failure!.Message, Does.Contain(words));
    }

    private static int Leave(IDbConnection connection) =>
        raw.sqlite3_exec(((SqliteConnection)connection).Handle, "COMMIT");

    [Test]
    public void The_place_of_an_error_is_right_in_a_long_text()
    {
        var sql = new StringBuilder("CREATE TABLE t (id INTEGER, note TEXT);\n");
        for (var i = 0; i < 40_000; i++)
        {
            sql.Append(
                "INSERT INTO t VALUES (1, 'a note that makes the text as long as that of a seed');\n"
            );
        }

        sql.Append("no SQL");

        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(MigrationsOf.Sql(1, "Seed", sql.ToString())),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("statement 40002, line 40002"));
    }

    [Test]
    public void The_error_shows_the_beginning_of_what_could_not_be_parsed()
    {
        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(
                    1,
                    "One",
                    "no SQL\n" + string.Concat(Enumerable.Repeat("and none\n", 500)) + "; SELECT 1"
                )
            ),
            new UpRequest()
        );

        Assert.That(failure.Detail, Does.StartWith("no SQL\n").And.EndWith(" ..."));
        Assert.That(failure.Detail!.Split('\n'), Has.Length.EqualTo(12));
    }
}
