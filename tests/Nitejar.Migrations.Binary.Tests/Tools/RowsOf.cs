namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>Databases with rows, made by SQLite's own program.</summary>
internal static class RowsOf
{
    /// <summary>A migrated database that has rows to lose.</summary>
    public static void Agent(Workplace place, string file) =>
        place.Sqlite(file, "INSERT INTO agents (id, name) VALUES ('a1', 'Ada');");

    /// <summary>A database of so many megabytes, which takes a while to copy.</summary>
    public static void Megabytes(Workplace place, string file, int megabytes, string mark) =>
        place.Sqlite(
            file,
            $"""
            PRAGMA synchronous = OFF;
            CREATE TABLE mark (text TEXT);
            INSERT INTO mark VALUES ('{mark}');
            CREATE TABLE large (id INTEGER PRIMARY KEY, content BLOB);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {megabytes})
                INSERT INTO large SELECT i, randomblob(1000000) FROM n;
            CREATE TABLE late (text TEXT);
            INSERT INTO late VALUES ('{mark}');
            """
        );

    /// <summary>What <see cref="Megabytes"/> marked the database with, if it is whole.</summary>
    public static string MarkOf(Workplace place, string file) =>
        place.Sqlite(
            file,
            "PRAGMA integrity_check; SELECT mark.text || ' ' || late.text || ' ' || (SELECT count(*) FROM large) FROM mark, late;"
        );
}
