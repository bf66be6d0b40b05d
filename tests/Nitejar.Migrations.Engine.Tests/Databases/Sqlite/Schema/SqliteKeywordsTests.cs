using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Schema.Declarations;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Schema;

/// <summary>SQLite's own list, from sqlite.org/lang_keywords.html.</summary>
public sealed class SqliteKeywordsTests
{
    private const string Keywords = """
        ABORT ACTION ADD AFTER ALL ALTER ALWAYS ANALYZE AND AS ASC ATTACH AUTOINCREMENT BEFORE BEGIN BETWEEN BY CASCADE
        CASE CAST CHECK COLLATE COLUMN COMMIT CONFLICT CONSTRAINT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME
        CURRENT_TIMESTAMP DATABASE DEFAULT DEFERRABLE DEFERRED DELETE DESC DETACH DISTINCT DO DROP EACH ELSE END ESCAPE
        EXCEPT EXCLUDE EXCLUSIVE EXISTS EXPLAIN FAIL FILTER FIRST FOLLOWING FOR FOREIGN FROM FULL GENERATED GLOB GROUP
        GROUPS HAVING IF IGNORE IMMEDIATE IN INDEX INDEXED INITIALLY INNER INSERT INSTEAD INTERSECT INTO IS ISNULL JOIN
        KEY LAST LEFT LIKE LIMIT MATCH MATERIALIZED NATURAL NO NOT NOTHING NOTNULL NULL NULLS OF OFFSET ON OR ORDER
        OTHERS OUTER OVER PARTITION PLAN PRAGMA PRECEDING PRIMARY QUERY RAISE RANGE RECURSIVE REFERENCES REGEXP REINDEX
        RELEASE RENAME REPLACE RESTRICT RETURNING RIGHT ROLLBACK ROW ROWS SAVEPOINT SELECT SET TABLE TEMP TEMPORARY THEN
        TIES TO TRANSACTION TRIGGER UNBOUNDED UNION UNIQUE UPDATE USING VACUUM VALUES VIEW VIRTUAL WHEN WHERE WINDOW
        WITH WITHOUT
        """;

    [Test]
    public void Each_is_known_and_reserved_where_SQLite_takes_no_such_name()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (var word in Keywords.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var isName = Takes(connection, word);

            Assert.That(SqliteKeywords.AreReserved(word), Is.EqualTo(!isName), word);
            Assert.That(SqliteKeywords.MayBe(word), Is.EqualTo(isName), word);
        }
    }

    private static bool Takes(SqliteConnection connection, string name)
    {
        try
        {
            connection.Execute($"SELECT 1 AS {name}");
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
