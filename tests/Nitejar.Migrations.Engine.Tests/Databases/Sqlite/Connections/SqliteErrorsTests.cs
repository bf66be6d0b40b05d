using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite.Connections;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Connections;

public sealed class SqliteErrorsTests
{
    private const string Question = "SELECT name FROM pragma_table_xinfo('t')";

    [Test]
    public void An_interrupt_is_known_wherever_a_statement_is()
    {
        using var database = new SqliteTestDatabase();
        using var connection = database.Open();
        var places = 0;
        while (InterruptAt(places + 1, connection) is { } e)
        {
            places++;
            Assert.That(
                SqliteErrors.IsInterrupt(e),
                $"at {places}: {e.SqliteErrorCode} {e.Message}"
            );
        }

        Assert.That(places, Is.GreaterThan(0));
    }

    /// <summary>Seen when another thread interrupted SQLite while it declared pragma_table_xinfo; no single thread meets that moment.</summary>
    [Test]
    public void An_interrupt_without_its_code_is_known_by_its_words() =>
        Assert.That(
            SqliteErrors.IsInterrupt(
                new SqliteException("SQLite Error 1: 'interrupted'.", raw.SQLITE_ERROR)
            )
        );

    [Test]
    public void An_error_is_none()
    {
        using var database = new SqliteTestDatabase();
        database.Execute("CREATE TABLE t (id)");
        using var connection = database.Open();

        var e = Assert.Throws<SqliteException>(() =>
            connection.Execute("SELECT interrupted FROM t")
        );

        Assert.That(SqliteErrors.IsInterrupt(e!), Is.False);
    }

    /// <summary>What the connection says; <see langword="null"/> when it was done before.</summary>
    private static SqliteException? InterruptAt(int place, SqliteConnection connection)
    {
        var asked = 0;
        raw.sqlite3_progress_handler(connection.Handle, 1, _ => ++asked >= place ? 1 : 0, v: null);
        try
        {
            Ask(connection);
            return null;
        }
        catch (SqliteException e)
        {
            return e;
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle, 0, func: null, v: null);
        }
    }

    private static void Ask(SqliteConnection connection) =>
        _ = connection.Query(Question, row => row.GetString(0));
}
