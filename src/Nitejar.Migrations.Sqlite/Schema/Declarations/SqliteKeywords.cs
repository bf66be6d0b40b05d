namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>The keywords of SQLite's grammar.</summary>
internal static class SqliteKeywords
{
    /// <summary>Keywords that cannot be a name without quotes.</summary>
    private static readonly HashSet<string> Reserved = Of(
        """
        ADD ALL ALTER AND AS AUTOINCREMENT BETWEEN CASE CHECK COLLATE COMMIT CONSTRAINT CREATE DEFAULT DEFERRABLE
        DELETE DISTINCT DROP ELSE ESCAPE EXCEPT EXISTS FOREIGN FROM GROUP HAVING IN INDEX INSERT INTERSECT INTO IS
        ISNULL JOIN LIMIT NOT NOTHING NOTNULL NULL ON OR ORDER PRIMARY REFERENCES RETURNING SELECT SET TABLE THEN TO
        TRANSACTION UNION UNIQUE UPDATE USING VALUES WHEN WHERE
        """
    );

    /// <summary>Keywords that are a name wherever the grammar expects one.</summary>
    private static readonly HashSet<string> Others = Of(
        """
        ABORT ACTION AFTER ALWAYS ANALYZE ASC ATTACH BEFORE BEGIN BY CASCADE CAST COLUMN CONFLICT CROSS CURRENT
        CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DATABASE DEFERRED DESC DETACH DO EACH END EXCLUDE EXCLUSIVE EXPLAIN
        FAIL FILTER FIRST FOLLOWING FOR FULL GENERATED GLOB GROUPS IF IGNORE IMMEDIATE INDEXED INITIALLY INNER INSTEAD
        KEY LAST LEFT LIKE MATCH MATERIALIZED NATURAL NO NULLS OF OFFSET OTHERS OUTER OVER PARTITION PLAN PRAGMA
        PRECEDING QUERY RAISE RANGE RECURSIVE REGEXP REINDEX RELEASE RENAME REPLACE RESTRICT RIGHT ROLLBACK ROW ROWS
        SAVEPOINT TEMP TEMPORARY TIES TRIGGER UNBOUNDED VACUUM VIEW VIRTUAL WINDOW WITH WITHOUT
        """
    );

    /// <summary>Whether the word is a keyword that needs quotes to be a name.</summary>
    public static bool AreReserved(string word) => Reserved.Contains(word);

    /// <summary>Whether the word is a keyword that can be a name without quotes.</summary>
    public static bool MayBe(string word) => Others.Contains(word);

    /// <summary>Whether the word stands for the current time.</summary>
    public static bool AreTimes(string word) =>
        word.StartsWith("CURRENT_", StringComparison.OrdinalIgnoreCase) && MayBe(word);

    private static HashSet<string> Of(string words) =>
        new(
            words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
            StringComparer.OrdinalIgnoreCase
        );
}
